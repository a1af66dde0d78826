using MiniRun.Engine.Build.Contexts;
using MiniRun.Engine.Build.Copying;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Steps;

/// <summary>ADD of a local archive: unpacked by minirun itself, below the destination's folder and never through a link (CVE-2026-41567).</summary>
internal static class AddedArchive
{
    /// <summary>Whether a source is a tar, plain or compressed with gzip or zstd; by its contents, not by its name.</summary>
    /// <exception cref="MiniRunException">It is compressed in another way, which docker would unpack and minirun does not.</exception>
    internal static bool Is(Place place)
    {
        if (place.Existing is not { IsRegular: true } || place.IsFolder)
        {
            return false;
        }

        using FileDescriptor file = Open(place);
        byte[] start = new byte[ArchiveMagic.Length];
        start = start[..HostFile.ReadFully(file, start, place.Path)];
        return ArchiveMagic.IsArchive(start) && IsTarInside(place);
    }

    /// <summary>A compressed file need not be a tar: then it is copied as it is.</summary>
    private static bool IsTarInside(Place place)
    {
        using var file = new DescriptorStream(Open(place), place.Path);
        using Stream contents = LayerCompression.Decompress(file);
        byte[] start = new byte[ArchiveMagic.Length];
        int length;
        try
        {
            length = contents.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (MiniRunException)
        {
            return false;
        }

        return ArchiveMagic.IsTar(start.AsSpan(0, length));
    }

    /// <exception cref="MiniRunException">The archive is damaged, or the disk is full.</exception>
    internal static void Unpack(Place place, FileDescriptor folder)
    {
        using var file = new DescriptorStream(Open(place), place.Path);
        using Stream tar = LayerCompression.Decompress(file);
        LayerUnpacker.Unpack(tar, folder, new UnpackOptions { Mode = LayerMode.Flat, Ownership = Ownership.AsRecorded });
    }

    private static FileDescriptor Open(Place place) =>
        FolderEntry.TryOpen(place.Folder, place.Name, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK, out Errno error) ?? throw new SyscallException("openat", place.Path, error);
}

using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>One folder as an overlay of layers would show it: the layers' folders of that path, topmost first, down to an opaque one.</summary>
internal sealed class MergedFolder(IReadOnlyList<FileDescriptor> layers) : IDisposable
{
    /// <summary>Looks a name up as overlayfs does: the topmost layer that has it decides, folders are merged, whiteouts end the search.</summary>
    /// <param name="file">The layer's folder that has it, where it is no folder.</param>
    /// <returns>The folder of that name; null where there is none.</returns>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public MergedFolder? Find(ReadOnlySpan<byte> name, out FileDescriptor? file, out FileStatus status)
    {
        List<FileDescriptor> below = [];
        file = null;
        status = default;
        foreach (FileDescriptor layer in layers)
        {
            if (FileStatus.OfEntry(layer, name) is not { } found)
            {
                continue;
            }

            if (!found.IsDirectory)
            {
                // Below a folder of an upper layer it is hidden.
                file = below.Count == 0 && !OverlayWhiteout.Is(layer, name, found) ? layer : null;
                status = found;
                break;
            }

            FileDescriptor? folder = FolderEntry.TryOpen(layer, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out Errno error);
            below.Add(folder ?? throw new SyscallException("openat", FolderEntry.Shown(name), error));
            if (OverlayMarks.IsOpaque(folder))
            {
                break;
            }
        }

        return below.Count == 0 ? null : new MergedFolder(below);
    }

    /// <summary>The topmost layer's folder, which says what the merged one is.</summary>
    public FileDescriptor Top => layers[0];

    /// <summary>The same folder, open once more.</summary>
    public MergedFolder Duplicate()
    {
        List<FileDescriptor> copies = new(layers.Count);
        foreach (FileDescriptor layer in layers)
        {
            copies.Add(layer.Duplicate());
        }

        return new MergedFolder(copies);
    }

    /// <summary>The status of the topmost layer's, which is the one that is seen.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public FileStatus Status() => FileStatus.Of(layers[0], "a folder of a layer");

    /// <summary>The names that are seen in it, in no order.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public IReadOnlyList<byte[]> Names()
    {
        List<byte[]> names = [];
        HashSet<string> decided = new(StringComparer.Ordinal);
        foreach (FileDescriptor layer in layers)
        {
            foreach (byte[] name in HostDirectory.ListBytes(layer, "a folder of a layer"))
            {
                // As Latin-1, which every byte string is.
                if (decided.Add(System.Text.Encoding.Latin1.GetString(name)) && FileStatus.OfEntry(layer, name) is { } found && !OverlayWhiteout.Is(layer, name, found))
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }

    public void Dispose()
    {
        foreach (FileDescriptor layer in layers)
        {
            layer.Dispose();
        }
    }
}

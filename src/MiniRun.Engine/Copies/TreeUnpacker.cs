using MiniRun.Engine.Layers;
using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Copies;

/// <summary>Unpacks a tar into a folder in use. By descriptors, through no link, whoever writes in the folder meanwhile: see <see cref="LayerUnpacker"/>.</summary>
internal static class TreeUnpacker
{
    // Bytes are bounded by the disk alone; the numbers of files and the lengths of names are as for images.
    private static readonly TarLimits s_limits = new() { MaxBytes = 1L << 60 };

    /// <param name="tar">Read to its end.</param>
    /// <param name="folder">Where to: O_PATH will do.</param>
    /// <param name="destination">What the folder is called in messages.</param>
    /// <param name="options">How.</param>
    /// <param name="revise">What an entry becomes; null leaves it out.</param>
    /// <returns>Bytes of the tar.</returns>
    /// <exception cref="MiniRunException">An entry cannot be made; those before it have been.</exception>
    internal static long Unpack(Stream tar, FileDescriptor folder, string destination, UnpackOptions options, Func<TarEntry, TarEntry?> revise)
    {
        TarReader reader = new(tar, s_limits);
        InUseTarget target = new(destination.TrimEnd('/'));
        using FolderStack folders = new(folder, target);
        EntryUnpacker unpacker = new(reader, folders, target, options with { Mode = LayerMode.InUse, Limits = s_limits });
        try
        {
            while (reader.Next() is { } entry)
            {
                // As docker: the folder itself keeps its owner, mode and time.
                if (!LayerPath.Of(entry.Name).IsRoot && revise(entry) is { } revised)
                {
                    unpacker.Unpack(revised);
                }
            }

            reader.Drain();
            folders.Finish();
        }
        catch (SyscallException full) when (full.Errno is Errno.ENOSPC or Errno.EDQUOT)
        {
            Leave(folders);
            throw new MiniRunException($"{full.Message}: free some space where {destination} is", full);
        }
        catch
        {
            Leave(folders);
            throw;
        }

        return reader.Position;
    }

    /// <summary>After a failure, whose cause it must not hide: folders that were opened wide to be filled, and that others use, get their modes back.</summary>
    private static void Leave(FolderStack folders)
    {
        try
        {
            folders.Finish();
        }
        catch (MiniRunException)
        {
            // The first failure is the one that counts.
        }
    }
}

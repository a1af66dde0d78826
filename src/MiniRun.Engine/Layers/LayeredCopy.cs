using MiniRun.Engine.Build.Copying;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>
/// Copies a folder of an image, as its layers show it, with owners, modes, attributes and times. Both sides are walked by descriptors and
/// no link is followed on either; a container may be at work in the destination.
/// </summary>
internal static class LayeredCopy
{
    // Each level holds descriptors of both sides.
    private const int MostLevels = 400;

    private static readonly CopyRules s_asTheyAre = new(Owner: null, Mode: null);

    /// <summary>Copies all that is in a folder, and what the folder itself is. What is there is replaced, folders are merged.</summary>
    /// <param name="path">For messages.</param>
    /// <exception cref="MiniRunException">A kernel call failed, or something there is in the way.</exception>
    internal static void Copy(MergedFolder from, FileDescriptor to, string path) => Copy(from, to, path, MostLevels);

    private static void Copy(MergedFolder from, FileDescriptor to, string path, int levels)
    {
        if (levels == 0)
        {
            throw new MiniRunException($"{path}: folders are nested more than {MostLevels} deep");
        }

        foreach (byte[] name in from.Names())
        {
            string entryPath = $"{path}/{FolderEntry.Shown(name)}";
            using MergedFolder? folder = from.Find(name, out FileDescriptor? layer, out FileStatus status);
            if (folder is not null)
            {
                using FileDescriptor copy = MakeFolder(to, name, entryPath);
                Copy(folder, copy, entryPath, levels - 1);
            }
            else if (layer is not null)
            {
                TreeCopy.MakeRoom(to, name, entryPath);
                FileCopy.Make(new SourceEntry(layer, name, entryPath, status), to, name, s_asTheyAre);
            }
        }

        // Last: what is made in a folder changes its time, and its mode may forbid making it.
        FileCopy.Describe(to, from.Top, FileStatus.Of(from.Top, path), s_asTheyAre, path);
    }

    private static FileDescriptor MakeFolder(FileDescriptor parent, byte[] name, string path)
    {
        Errno error = FolderEntry.TryMakeFolder(parent, name, FolderStack.FolderMode);
        if (error is not (0 or Errno.EEXIST))
        {
            throw new SyscallException("mkdir", path, error);
        }

        return FolderEntry.TryOpen(parent, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out error) ?? throw new SyscallException("openat", path, error);
    }
}

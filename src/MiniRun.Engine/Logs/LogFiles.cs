using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Logs;

/// <summary>The files of one log, which may be rotated at any instant.</summary>
internal sealed class LogFiles(FileDescriptor folder, string name)
{
    /// <summary>A rotation between two calls makes opening start anew; so many in a row do not happen.</summary>
    private const int MostAttempts = 100;

    /// <summary>Opens all files that there are, the oldest first; none where the log is not there.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal List<LineFile> Open()
    {
        for (int attempt = 1; ; attempt++)
        {
            List<LineFile> files = OpenOnce();
            if (attempt == MostAttempts || files.Count == 0 || CurrentInode() == files[^1].Inode)
            {
                return files;
            }

            Close(files);
        }
    }

    /// <summary>Opens the files that came after one; all there are, where it is null or rotated away.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal List<LineFile> OpenAfter(LineFile? last)
    {
        ulong? current = CurrentInode();
        if (current is null || current == last?.Inode)
        {
            return [];
        }

        List<LineFile> files = Open();
        int known = files.FindIndex(file => file.Inode == last?.Inode);
        Close(files[..(known + 1)]);
        return files[(known + 1)..];
    }

    internal static void Close(List<LineFile> files)
    {
        foreach (LineFile file in files)
        {
            file.Dispose();
        }
    }

    private ulong? CurrentInode() => FileStatus.OfEntry(folder, name)?.Inode;

    /// <summary>
    /// The current file first, then its predecessors. A rotation moves these up by one, the oldest first, before the current one gets a
    /// successor: meanwhile one number is free, and who was moved just after it was opened is met again.
    /// </summary>
    private List<LineFile> OpenOnce()
    {
        List<LineFile> files = [];
        try
        {
            int free = 0;
            for (int number = 0; free < 2; number++)
            {
                if (TryOpen(number == 0 ? name : RotatedFile.NumberedName(name, number)) is not { } file)
                {
                    free += files.Count == 0 ? 2 : 1; // without a current file there is no log
                    continue;
                }

                free = 0;
                if (files.Count > 0 && files[0].Inode == file.Inode)
                {
                    file.Dispose();
                }
                else
                {
                    files.Insert(0, file);
                }
            }
        }
        catch
        {
            Close(files);
            throw;
        }

        return files;
    }

    private LineFile? TryOpen(string fileName)
    {
        FileDescriptor? file = HostFile.TryOpenAt(folder, fileName, OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK, 0, out Errno error);
        if (file is not null)
        {
            return new LineFile(file, fileName);
        }

        return error == Errno.ENOENT ? null : throw new SyscallException("openat", fileName, error);
    }
}

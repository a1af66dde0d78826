using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>Writes files that others may read at any instant: they see the old contents or the new, never a part.</summary>
public static class FileReplacement
{
    // Somebody who makes the file anew each time could keep this up for ever.
    private const int MaxAttempts = 16;

    /// <summary>Writes a file of this name in a directory by a temporary file and rename.</summary>
    /// <param name="durable">Also fsync before the rename: for what must outlive a power cut (not /run).</param>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void Write(FileDescriptor directory, string name, ReadOnlySpan<byte> bytes, uint mode = 0x180, bool durable = false)
    {
        Prepare(directory, name, bytes, mode, durable);
        Complete(directory, name);
    }

    /// <summary>The first half of <see cref="Write(FileDescriptor, string, ReadOnlySpan{byte}, uint, bool)"/>: writes the temporary file, while there is time.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void Prepare(FileDescriptor directory, string name, ReadOnlySpan<byte> bytes, uint mode = 0x180, bool durable = false)
    {
        // Callers hold the folder's lock or are alone in it, so one fixed name is enough.
        string temporary = Temporary(name);
        try
        {
            using (FileDescriptor file = Create(directory, temporary, mode))
            {
                // Others are to read it whatever the caller's umask is; what is not for them keeps the mode it was made with.
                if ((mode & FileModes.PermissionBits & 0x3f) != 0)
                {
                    KernelCall.Check(Libc.fchmod(file, mode), "fchmod", temporary);
                }

                HostFile.WriteAll(file, bytes, temporary);
                if (durable)
                {
                    KernelCall.Check(Libc.fsync(file), "fsync", temporary);
                }
            }
        }
        catch
        {
            HostDirectory.TryRemoveFile(directory, temporary);
            throw;
        }
    }

    /// <summary>The second half: from here on the new contents are seen.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void Complete(FileDescriptor directory, string name)
    {
        int result = Libc.renameat(directory, Temporary(name), directory, name);
        if (result == -1)
        {
            Errno error = KernelCall.LastError;
            HostDirectory.TryRemoveFile(directory, Temporary(name));
            throw new SyscallException("rename", name, error);
        }
    }

    /// <summary>Takes the first half back: the old contents stay.</summary>
    public static void Abandon(FileDescriptor directory, string name) => HostDirectory.TryRemoveFile(directory, Temporary(name));

    /// <summary>As above, by path.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, uint mode = 0x180, bool durable = false)
    {
        int slash = path.LastIndexOf('/');
        using FileDescriptor directory = HostFile.OpenDirectory(slash < 0 ? "." : path[..(slash + 1)]);
        Write(directory, path[(slash + 1)..], bytes, mode, durable);
    }

    /// <summary>
    /// Always a new file: what is there may be a dead writer's, or in a folder that others write to somebody's who waits for the contents (a
    /// login, an id) with a mode, an owner or a second name of their choice.
    /// </summary>
    private static FileDescriptor Create(FileDescriptor directory, string temporary, uint mode)
    {
        for (int attempt = 1; ; attempt++)
        {
            FileDescriptor? file = HostFile.TryOpenAt(directory, temporary, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW, mode, out Errno error);
            if (file is not null)
            {
                return file;
            }

            if (error != Errno.EEXIST || attempt == MaxAttempts)
            {
                throw new SyscallException("openat", temporary, error);
            }

            HostDirectory.RemoveFile(directory, temporary);
        }
    }

    private static string Temporary(string name) => "." + name + ".new";
}

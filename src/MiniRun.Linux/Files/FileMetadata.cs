using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>Owner, mode, time and extended attributes of an open file.</summary>
public static class FileMetadata
{
    /// <summary>XATTR_SIZE_MAX and XATTR_LIST_MAX of linux/limits.h: no value and no list is larger.</summary>
    private const int LargestAttribute = 65536;

    /// <exception cref="SyscallException">EPERM: needs CAP_CHOWN.</exception>
    public static void ChangeOwner(FileDescriptor file, uint uid, uint gid, string subject) =>
        KernelCall.Check(Libc.fchown(file, uid, gid), "fchown", subject);

    /// <summary>Changes the owner of what an O_PATH descriptor names, be it a link.</summary>
    /// <exception cref="SyscallException">EPERM: needs CAP_CHOWN.</exception>
    public static void ChangeOwnerOfHandle(FileDescriptor handle, uint uid, uint gid, string subject) =>
        KernelCall.Check(Libc.fchownat(handle, "", uid, gid, Libc.AT_EMPTY_PATH), "fchownat", subject);

    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void ChangeMode(FileDescriptor file, uint mode, string subject) =>
        KernelCall.Check(Libc.fchmod(file, mode), "fchmod", subject);

    /// <summary>Changes the mode of what an O_PATH descriptor names, which fchmod refuses; procfs leads to that very file.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void ChangeModeOfHandle(FileDescriptor handle, uint mode, string subject) =>
        KernelCall.Check(Libc.chmod(handle.ProcPath(), mode), "chmod", subject);

    /// <summary>Sets the time of last change; the time of last access stays.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe void SetModified(FileDescriptor file, FileTime modified, string subject)
    {
        timespec* times = stackalloc timespec[2];
        times[0].tv_nsec = Libc.UTIME_OMIT;
        times[1] = new timespec { tv_sec = modified.Seconds, tv_nsec = modified.Nanoseconds };
        KernelCall.Check(Libc.futimens(file, times), "futimens", subject);
    }

    /// <summary>The same of what an O_PATH descriptor names, be it a link (Linux ≥ 5.8).</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe void SetModifiedOfHandle(FileDescriptor handle, FileTime modified, string subject)
    {
        timespec* times = stackalloc timespec[2];
        times[0].tv_nsec = Libc.UTIME_OMIT;
        times[1] = new timespec { tv_sec = modified.Seconds, tv_nsec = modified.Nanoseconds };
        KernelCall.Check(Libc.utimensat(handle, [], times, Libc.AT_EMPTY_PATH), "utimensat", subject);
    }

    /// <summary>Makes a file as long as this; what it gains is a hole.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void SetLength(FileDescriptor file, long length, string subject) =>
        KernelCall.Check(Libc.ftruncate(file, length), "ftruncate", subject);

    /// <summary>Moves to where the next write goes, in bytes from the start.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void Seek(FileDescriptor file, long offset, string subject) =>
        KernelCall.Check(Libc.lseek(file, (nint)offset, Libc.SEEK_SET), "lseek", subject);

    /// <summary>Sets an extended attribute, or says why not (EPERM, EOPNOTSUPP).</summary>
    public static unsafe Errno TrySetAttribute(FileDescriptor file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        fixed (byte* start = value)
        {
            int result = Libc.fsetxattr(file, name, start, (nuint)value.Length, 0);
            return result == -1 ? KernelCall.LastError : 0;
        }
    }

    /// <summary>An extended attribute's value; null where there is none, or where the file system has none at all.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe byte[]? Attribute(FileDescriptor file, ReadOnlySpan<byte> name)
    {
        Span<byte> buffer = stackalloc byte[256];
        while (true)
        {
            nint size;
            fixed (byte* start = buffer)
            {
                size = Libc.fgetxattr(file, name, start, (nuint)buffer.Length);
            }

            if (size != -1)
            {
                return buffer[..(int)size].ToArray();
            }

            Errno error = KernelCall.LastError;
            if (error != Errno.ERANGE || buffer.Length > LargestAttribute)
            {
                return error is Errno.ENODATA or Errno.EOPNOTSUPP ? null : throw new SyscallException("fgetxattr", FolderEntry.Shown(name), error);
            }

            buffer = new byte[LargestAttribute + 1];
        }
    }

    /// <summary>The names of a file's extended attributes, each with a NUL at its end; empty where the file system has none.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe byte[] AttributeNames(FileDescriptor file, string subject)
    {
        Span<byte> buffer = stackalloc byte[512];
        while (true)
        {
            nint size;
            fixed (byte* start = buffer)
            {
                size = Libc.flistxattr(file, start, (nuint)buffer.Length);
            }

            if (size != -1)
            {
                return buffer[..(int)size].ToArray();
            }

            Errno error = KernelCall.LastError;
            if (error != Errno.ERANGE || buffer.Length > LargestAttribute)
            {
                return error is Errno.EOPNOTSUPP ? [] : throw new SyscallException("flistxattr", subject, error);
            }

            buffer = new byte[LargestAttribute + 1];
        }
    }
}

using System.Text;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>
/// Files of the host, by the kernel's own calls: the BCL's File and FileStream cost a third of the start time to initialise.
/// Every failure names the call and the path; nothing is read without a bound.
/// </summary>
public static class HostFile
{
    /// <summary>Opens a path; flags are <see cref="OpenFlags"/>, O_CLOEXEC is added.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor Open(string path, int flags, uint mode = 0)
    {
        using FileDescriptor start = FileDescriptor.WorkingDirectory();
        return OpenAt(start, path, flags, mode);
    }

    /// <summary>Opens a path below a directory that minirun owns; for folders others can write, use <see cref="RootedPath"/>.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor OpenAt(FileDescriptor directory, string path, int flags, uint mode = 0)
    {
        FileDescriptor? opened = TryOpenAt(directory, path, flags, mode, out Errno error);
        return opened ?? throw new SyscallException("openat", path, error);
    }

    /// <summary>Opens a path, or says why not.</summary>
    public static FileDescriptor? TryOpen(string path, int flags, out Errno error)
    {
        using FileDescriptor start = FileDescriptor.WorkingDirectory();
        return TryOpenAt(start, path, flags, 0, out error);
    }

    /// <summary>Opens a path below a directory, or says why not.</summary>
    public static FileDescriptor? TryOpenAt(FileDescriptor directory, string path, int flags, uint mode, out Errno error)
    {
        int result;
        do
        {
            result = Libc.openat(directory, path, flags | OpenFlags.O_CLOEXEC, mode);
        }
        while (KernelCall.Interrupted(result));

        error = result == -1 ? KernelCall.LastError : 0;
        return result == -1 ? null : FileDescriptor.Adopt(result);
    }

    /// <summary>Opens a directory for the *at calls.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor OpenDirectory(string path) => Open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);

    /// <summary>Reads at most one buffer; returns the bytes read, 0 at the end.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe int Read(FileDescriptor descriptor, Span<byte> buffer, string subject)
    {
        nint result;
        fixed (byte* start = buffer)
        {
            do
            {
                result = Libc.read(descriptor, start, (nuint)buffer.Length);
            }
            while (KernelCall.Interrupted(result));
        }

        return (int)KernelCall.Check(result, "read", subject);
    }

    /// <summary>Fills the buffer as far as the file goes; returns the bytes read.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static int ReadFully(FileDescriptor descriptor, Span<byte> buffer, string subject)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            int count = Read(descriptor, buffer[total..], subject);
            if (count == 0)
            {
                break;
            }

            total += count;
        }

        return total;
    }

    /// <summary>Reads a small file of the kernel's into the caller's buffer; returns the bytes read. What does not fit is left out.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static int ReadInto(string path, Span<byte> buffer)
    {
        using FileDescriptor descriptor = Open(path, OpenFlags.O_RDONLY);
        return ReadFully(descriptor, buffer, path);
    }

    /// <summary>Reads a whole file that must not be larger than a bound.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    /// <exception cref="MiniRunException">The file is larger.</exception>
    public static byte[] ReadBounded(string path, int maxBytes)
    {
        using FileDescriptor descriptor = Open(path, OpenFlags.O_RDONLY);
        return ReadBounded(descriptor, path, maxBytes);
    }

    /// <summary>Reads an open file from where it stands to its end, which must come within a bound.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    /// <exception cref="MiniRunException">The file is larger.</exception>
    public static byte[] ReadBounded(FileDescriptor descriptor, string subject, int maxBytes)
    {
        // One byte more than allowed tells a full file from one that is too large; kernel files say size 0, so start small.
        byte[] buffer = new byte[Math.Min(maxBytes, 4095) + 1];
        int total = 0;
        while (true)
        {
            total += ReadFully(descriptor, buffer.AsSpan(total), subject);
            if (total < buffer.Length)
            {
                return buffer.AsSpan(0, total).ToArray();
            }

            if (total > maxBytes)
            {
                throw new MiniRunException($"read {subject}: larger than {maxBytes} bytes, which is the most minirun reads of it");
            }

            Array.Resize(ref buffer, (int)Math.Min((long)maxBytes + 1, buffer.Length * 4L));
        }
    }

    /// <summary>Reads a whole file as UTF-8 text; see <see cref="ReadBounded(string, int)"/>.</summary>
    /// <exception cref="MiniRunException">See the other overload.</exception>
    public static string ReadText(string path, int maxBytes) => Encoding.UTF8.GetString(ReadBounded(path, maxBytes));

    /// <summary>Reads at most one buffer from a place in a file, in bytes from its start; returns the bytes read, 0 at the end.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe int ReadAt(FileDescriptor file, Span<byte> buffer, long position, string subject)
    {
        nint result;
        fixed (byte* start = buffer)
        {
            do
            {
                result = Libc.pread(file, start, (nuint)buffer.Length, position);
            }
            while (KernelCall.Interrupted(result));
        }

        return (int)KernelCall.Check(result, "pread", subject);
    }

    /// <summary>The last bytes of a file, at most so many.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe byte[] ReadTail(FileDescriptor file, int maxBytes)
    {
        nint end = KernelCall.Check(Libc.lseek(file, 0, Libc.SEEK_END), "lseek", "end");
        byte[] bytes = new byte[Math.Min(end, maxBytes)];
        fixed (byte* start = bytes)
        {
            nint count = KernelCall.Check(Libc.pread(file, start, (nuint)bytes.Length, end - bytes.Length), "pread", "end");
            return bytes[..(int)count];
        }
    }

    /// <summary>Writes all bytes at a place in a file.</summary>
    /// <exception cref="SyscallException">ENOSPC: the disk is full.</exception>
    public static unsafe void WriteAt(FileDescriptor file, ReadOnlySpan<byte> bytes, long place, string subject)
    {
        while (bytes.Length > 0)
        {
            nint result;
            fixed (byte* start = bytes)
            {
                do
                {
                    result = Libc.pwrite(file, start, (nuint)bytes.Length, place);
                }
                while (KernelCall.Interrupted(result));
            }

            int count = (int)KernelCall.Check(result, "pwrite", subject);
            bytes = bytes[count..];
            place += count;
        }
    }

    /// <summary>Moves to a place in a file, in bytes from its start.</summary>
    /// <exception cref="SyscallException">ESPIPE: it is no file.</exception>
    public static void Seek(FileDescriptor file, long position, string subject) =>
        KernelCall.Check(Libc.lseek(file, (nint)position, Libc.SEEK_SET), "lseek", subject);

    /// <summary>Writes all bytes, in as many calls as it takes.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void WriteAll(FileDescriptor descriptor, ReadOnlySpan<byte> bytes, string subject)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[WriteOnce(descriptor, bytes, subject)..];
        }
    }

    /// <summary>Makes one write call, as files of the kernel's want their values; returns the bytes taken.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static int WriteOnce(FileDescriptor descriptor, ReadOnlySpan<byte> bytes, string subject)
    {
        Errno error = TryWrite(descriptor, bytes, out int written);
        return error == 0 ? written : throw new SyscallException("write", subject, error);
    }

    /// <summary>Makes one write call, or says why not.</summary>
    public static unsafe Errno TryWrite(FileDescriptor descriptor, ReadOnlySpan<byte> bytes, out int written)
    {
        nint result;
        fixed (byte* start = bytes)
        {
            do
            {
                result = Libc.write(descriptor, start, (nuint)bytes.Length);
            }
            while (KernelCall.Interrupted(result));
        }

        Errno error = result == -1 ? KernelCall.LastError : 0;
        written = result == -1 ? 0 : (int)result;
        return error;
    }

    /// <summary>From now on reads and writes of this open file say EAGAIN where they would have to wait. A pipe's other end is another open file.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void SetNonBlocking(FileDescriptor file)
    {
        nint flags = KernelCall.Check(Libc.fcntl(file, Libc.F_GETFL, 0), "fcntl", "F_GETFL");
        KernelCall.Check(Libc.fcntl(file, Libc.F_SETFL, flags | OpenFlags.O_NONBLOCK), "fcntl", "F_SETFL");
    }

    /// <summary>Gives a file this size in bytes.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void Truncate(FileDescriptor file, long size, string subject) => KernelCall.Check(Libc.ftruncate(file, size), "ftruncate", subject);

    /// <summary>Gives a file the blocks for its first bytes now, so that writing those needs no space later. A file that is smaller grows.</summary>
    /// <exception cref="SyscallException">ENOSPC: the disk is full; EOPNOTSUPP: this file system makes no such promise.</exception>
    public static void Allocate(FileDescriptor file, long bytes, string subject) => KernelCall.Check(Libc.fallocate(file, 0, 0, bytes), "fallocate", subject);

    /// <summary>Gives the blocks back that hold these bytes, which are read as zeros from then on; the size stays. Or says why not.</summary>
    public static Errno TryPunchHole(FileDescriptor file, long start, long length) =>
        Libc.fallocate(file, Libc.FALLOC_FL_PUNCH_HOLE | Libc.FALLOC_FL_KEEP_SIZE, start, length) == -1 ? KernelCall.LastError : 0;

    /// <summary>Writes one value to a file of the kernel's (cgroup, procfs) in one call.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void WriteValue(string path, string value)
    {
        using FileDescriptor descriptor = Open(path, OpenFlags.O_WRONLY);
        WriteOnce(descriptor, Encoding.UTF8.GetBytes(value), path);
    }
}

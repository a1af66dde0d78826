using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>
/// A second file beside one that is replaced again and again, which has its blocks already: when the disk is full, the new contents go into
/// it, and the two change names. Not on file systems that write every block anew (btrfs): there a full disk may refuse that too.
/// </summary>
public static class FileReserve
{
    // A stranger's file system may not know what allocating is; then bytes are written.
    private static ReadOnlySpan<byte> Zeros => new byte[Size];

    /// <summary>The most that goes into one, in bytes.</summary>
    public const int Size = 4096;

    /// <summary>Makes the reserve of a file; nothing to do where it is there.</summary>
    /// <exception cref="SyscallException">ENOSPC: the disk is full already.</exception>
    public static void Make(FileDescriptor directory, string name)
    {
        string reserve = Reserve(name);
        using FileDescriptor file = HostFile.OpenAt(directory, reserve, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_NOFOLLOW, 0x180);
        Allocate(file, reserve);
    }

    /// <summary>Whether the file has a reserve.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static bool IsThere(FileDescriptor directory, string name) => FileStatus.OfEntry(directory, Reserve(name)) is { IsRegular: true };

    /// <summary>Replaces the file's contents by means of its reserve; false where there is none. The old contents become the reserve.</summary>
    /// <exception cref="SyscallException">A kernel call failed; the old contents stay.</exception>
    public static bool Replace(FileDescriptor directory, string name, ReadOnlySpan<byte> bytes)
    {
        string reserve = Reserve(name);
        FileDescriptor? opened = HostFile.TryOpenAt(directory, reserve, OpenFlags.O_WRONLY | OpenFlags.O_NOFOLLOW, 0, out Errno error);
        if (opened is null)
        {
            return error == Errno.ENOENT ? false : throw new SyscallException("openat", reserve, error);
        }

        using (opened)
        {
            HostFile.WriteAt(opened, bytes, 0, reserve);
            HostFile.Truncate(opened, bytes.Length, reserve);
        }

        bool replaces = FileStatus.OfEntry(directory, name) is not null;
        nint result = Libc.syscall(SyscallNumber.renameat2, directory, reserve, directory, name, replaces ? (nint)Libc.RENAME_EXCHANGE : 0);
        KernelCall.Check(result, "renameat2", name);
        Refill(directory, name);
        return true;
    }

    /// <summary>What was the file has fewer blocks than a reserve, perhaps; what it has is enough most of the time.</summary>
    private static void Refill(FileDescriptor directory, string name)
    {
        try
        {
            Make(directory, name);
        }
        catch (SyscallException)
        {
            // The disk is still full.
        }
    }

    private static void Allocate(FileDescriptor file, string subject)
    {
        try
        {
            HostFile.Allocate(file, Size, subject);
        }
        catch (SyscallException unknown) when (unknown.Errno == Errno.EOPNOTSUPP)
        {
            HostFile.WriteAt(file, Zeros, 0, subject);
        }
    }

    private static string Reserve(string name) => "." + name + ".reserve";
}

using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>Memory files: written once, then sealed, so that nobody who gets a descriptor can change them (CVE-2019-5736).</summary>
public static class Memfd
{
    private const int Seals = Libc.F_SEAL_SEAL | Libc.F_SEAL_SHRINK | Libc.F_SEAL_GROW | Libc.F_SEAL_WRITE;

    /// <summary>A sealed memory file with these contents, its position at the start.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor CreateSealed(string name, ReadOnlySpan<byte> contents)
    {
        FileDescriptor? file = TryCreateSealed(name, contents, Libc.MFD_NOEXEC_SEAL, out Errno error);
        return file ?? throw new SyscallException("memfd_create", name, error);
    }

    /// <summary>A sealed memory file that can be executed; null where sysctl vm.memfd_noexec=2 forbids it (EACCES).</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor? TryCreateExecutable(string name, ReadOnlySpan<byte> contents)
    {
        FileDescriptor? file = TryCreateSealed(name, contents, Libc.MFD_EXEC, out Errno error);
        return file is not null || error == Errno.EACCES ? file : throw new SyscallException("memfd_create", name, error);
    }

    /// <summary>An empty memory file to write to, for what a C library wants to put into a descriptor.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor CreateEmpty(string name)
    {
        FileDescriptor? file = TryCreateAnyKernel(name, Libc.MFD_NOEXEC_SEAL, out Errno error);
        return file ?? throw new SyscallException("memfd_create", name, error);
    }

    private static FileDescriptor? TryCreateSealed(string name, ReadOnlySpan<byte> contents, uint executable, out Errno error)
    {
        FileDescriptor? file = TryCreateAnyKernel(name, executable, out error);
        if (file is null)
        {
            return null;
        }

        try
        {
            HostFile.WriteAll(file, contents, name);
            int sealResult = Libc.fcntl(file, Libc.F_ADD_SEALS, Seals);
            KernelCall.Check(sealResult, "fcntl", $"F_ADD_SEALS {name}");
            nint position = Libc.lseek(file, 0, Libc.SEEK_SET);
            KernelCall.Check(position, "lseek", name);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileDescriptor? TryCreateAnyKernel(string name, uint executable, out Errno error)
    {
        FileDescriptor? file = TryCreate(name, Libc.MFD_CLOEXEC | Libc.MFD_ALLOW_SEALING | executable, out error);

        // Before 6.3 the kernel knows neither flag, and every memory file may be executed.
        return file is null && error == Errno.EINVAL ? TryCreate(name, Libc.MFD_CLOEXEC | Libc.MFD_ALLOW_SEALING, out error) : file;
    }

    private static FileDescriptor? TryCreate(string name, uint flags, out Errno error)
    {
        nint result = Libc.memfd_create(name, flags);
        error = result == -1 ? KernelCall.LastError : 0;
        return result == -1 ? null : FileDescriptor.Adopt((int)result);
    }
}

namespace MiniRun.Linux.Interop;

/// <summary>sys/mman.h.</summary>
internal static partial class Libc
{
    public const uint MFD_CLOEXEC = 1;
    public const uint MFD_ALLOW_SEALING = 2;
    public const uint MFD_NOEXEC_SEAL = 8;
    public const uint MFD_EXEC = 16;

    public static nint memfd_create(string name, uint flags) =>
        syscall(SyscallNumber.memfd_create, name, (nint)flags, 0, 0, 0);
}

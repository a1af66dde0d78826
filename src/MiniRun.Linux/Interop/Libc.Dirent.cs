namespace MiniRun.Linux.Interop;

/// <summary>linux/dirent.h: getdents64 fills the buffer with records of u64 ino, s64 offset, u16 length, u8 type, name.</summary>
internal static unsafe partial class Libc
{
    public const int DirentLengthOffset = 16;
    public const int DirentTypeOffset = 18;
    public const int DirentNameOffset = 19;

    public const byte DT_UNKNOWN = 0;
    public const byte DT_DIR = 4;

    public static nint getdents64(FileDescriptor directory, byte* buffer, nuint size) =>
        syscall(SyscallNumber.getdents64, directory, (nint)buffer, (nint)size, 0, 0);
}

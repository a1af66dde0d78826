using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>sys/mount.h and linux/mount.h; the flags are public, in MiniRun.Linux.Mounts.MountFlags.</summary>
internal static unsafe partial class Libc
{
    public const uint FSOPEN_CLOEXEC = 1;
    public const uint FSMOUNT_CLOEXEC = 1;

    public const uint FSCONFIG_SET_FLAG = 0;
    public const uint FSCONFIG_SET_STRING = 1;
    public const uint FSCONFIG_SET_BINARY = 2;
    public const uint FSCONFIG_SET_PATH = 3;
    public const uint FSCONFIG_SET_PATH_EMPTY = 4;
    public const uint FSCONFIG_SET_FD = 5;
    public const uint FSCONFIG_CMD_CREATE = 6;
    public const uint FSCONFIG_CMD_RECONFIGURE = 7;

    public const uint MOVE_MOUNT_F_EMPTY_PATH = 4;
    public const uint MOVE_MOUNT_T_EMPTY_PATH = 0x40;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int mount(string? source, string target, string? type, ulong flags, string? data);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Custom, StringMarshallingCustomType = typeof(KernelText))]
    public static partial int umount2(string target, int flags);

    public static nint open_tree(FileDescriptor directory, string path, uint flags) =>
        syscall(SyscallNumber.open_tree, directory, path, (nint)flags, 0, 0);

    public static nint fsopen(string type, uint flags) =>
        syscall(SyscallNumber.fsopen, type, (nint)flags, 0, 0, 0);

    public static nint fsconfig(FileDescriptor context, uint command, string? key, string? value, int auxiliary) =>
        syscall(SyscallNumber.fsconfig, context, (nint)command, key, value, auxiliary);

    public static nint fsmount(FileDescriptor context, uint flags, ulong attributes) =>
        syscall(SyscallNumber.fsmount, context, (nint)flags, (nint)attributes, 0, 0);

    public static nint mount_setattr(FileDescriptor directory, string path, uint flags, mount_attr* attributes) =>
        syscall(SyscallNumber.mount_setattr, directory, path, (nint)flags, (nint)attributes, sizeof(mount_attr));

    public static nint move_mount(FileDescriptor from, string fromPath, FileDescriptor to, string toPath, uint flags) =>
        syscall(SyscallNumber.move_mount, from, fromPath, to, toPath, (nint)flags);
}

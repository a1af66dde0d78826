using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>
/// The numbers of calls that are made through syscall(2), since the C library of a supported host may lack a function for them.
/// Numbers from 424 on are the same everywhere; older ones differ between x86_64 and aarch64 (asm-generic/unistd.h).
/// </summary>
internal static class SyscallNumber
{
    public static nint pivot_root => Arm64 ? 41 : 155;

    public static nint getdents64 => Arm64 ? 61 : 217;

    public static nint capget => Arm64 ? 90 : 125;

    public static nint capset => Arm64 ? 91 : 126;

    public static nint waitid => Arm64 ? 95 : 247;

    public static nint keyctl => Arm64 ? 219 : 250;

    public static nint setns => Arm64 ? 268 : 308;

    public static nint renameat2 => Arm64 ? 276 : 316;

    public static nint seccomp => Arm64 ? 277 : 317;

    public static nint memfd_create => Arm64 ? 279 : 319;

    public static nint bpf => Arm64 ? 280 : 321;

    public static nint statx => Arm64 ? 291 : 332;

    public static nint pidfd_send_signal => 424;

    public static nint open_tree => 428;

    public static nint move_mount => 429;

    public static nint fsopen => 430;

    public static nint fsconfig => 431;

    public static nint fsmount => 432;

    public static nint pidfd_open => 434;

    public static nint close_range => 436;

    public static nint openat2 => 437;

    public static nint pidfd_getfd => 438;

    public static nint mount_setattr => 442;

    private static bool Arm64 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
}

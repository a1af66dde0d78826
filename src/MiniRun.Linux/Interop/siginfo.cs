using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>siginfo_t of asm-generic/siginfo.h as waitid fills it.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct siginfo
{
    public int si_signo;
    public int si_errno;
    public int si_code;
    public int __pad0;
    public int si_pid;
    public uint si_uid;
    public int si_status;
}

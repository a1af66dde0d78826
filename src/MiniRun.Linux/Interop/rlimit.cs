using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>struct rlimit of sys/resource.h, with 64 bits.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct rlimit
{
    public ulong rlim_cur;
    public ulong rlim_max;
}

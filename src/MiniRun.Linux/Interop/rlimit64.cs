using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>struct rlimit64 of linux/resource.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct rlimit64
{
    public ulong rlim_cur;
    public ulong rlim_max;
}

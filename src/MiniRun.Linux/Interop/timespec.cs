using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>struct timespec of time.h, as 64-bit kernels have it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct timespec
{
    public long tv_sec;
    public long tv_nsec;
}

using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>struct open_how of linux/openat2.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct open_how
{
    public ulong flags;
    public ulong mode;
    public ulong resolve;
}

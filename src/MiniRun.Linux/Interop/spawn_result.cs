using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>struct spawn_result of native-shims/spawn/spawn.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct spawn_result
{
    public int pid;
    public int pidfd;
    public int error;
    public spawn_stage stage;
}

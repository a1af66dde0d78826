using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>struct spawn_request of native-shims/spawn/spawn.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct spawn_request
{
    public ulong namespaces;
    public int cgroup;
    public int image;
    public int keep_capabilities;
    public int descriptor_count;
    public int* descriptors;
}

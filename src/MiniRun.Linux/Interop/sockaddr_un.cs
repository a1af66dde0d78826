using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>struct sockaddr_un of sys/un.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct sockaddr_un
{
    public const int PathSize = 108;

    public ushort sun_family;
    public fixed byte sun_path[PathSize];
}

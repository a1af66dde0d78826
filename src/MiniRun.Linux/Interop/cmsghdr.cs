using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>struct cmsghdr of sys/socket.h (64 bit); its data follow.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct cmsghdr
{
    public nuint cmsg_len;
    public int cmsg_level;
    public int cmsg_type;
}

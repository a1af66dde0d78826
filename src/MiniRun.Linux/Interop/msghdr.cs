using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>struct msghdr of sys/socket.h (64 bit).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct msghdr
{
    public void* msg_name;
    public uint msg_namelen;
    public iovec* msg_iov;
    public nuint msg_iovlen;
    public void* msg_control;
    public nuint msg_controllen;
    public int msg_flags;
}

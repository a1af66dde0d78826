using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>sys/socket.h and sys/un.h.</summary>
internal static unsafe partial class Libc
{
    public const int AF_UNIX = 1;
    public const int AF_NETLINK = 16;
    public const int SOCK_STREAM = 1;
    public const int SOCK_DGRAM = 2;
    public const int SOCK_RAW = 3;
    public const int SOCK_SEQPACKET = 5;
    public const int SOCK_CLOEXEC = 0x80000;
    public const int SOCK_NONBLOCK = 0x800;
    public const int SOL_SOCKET = 1;
    public const int SCM_RIGHTS = 1;
    public const int SO_PEERCRED = 17;
    public const int MSG_NOSIGNAL = 0x4000;
    public const int MSG_DONTWAIT = 0x40;
    public const int MSG_CMSG_CLOEXEC = 0x40000000;
    public const int MSG_TRUNC = 0x20;
    public const int MSG_CTRUNC = 8;

    [LibraryImport("libc", SetLastError = true)]
    public static partial int socketpair(int domain, int type, int protocol, int* descriptors);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int bind(FileDescriptor socket, sockaddr_un* address, uint size);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int listen(FileDescriptor socket, int backlog);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int connect(FileDescriptor socket, sockaddr_un* address, uint size);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int accept4(FileDescriptor socket, void* address, uint* size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint sendmsg(FileDescriptor socket, msghdr* message, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint recvmsg(FileDescriptor socket, msghdr* message, int flags);
}

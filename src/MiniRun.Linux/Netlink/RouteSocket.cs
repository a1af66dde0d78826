using System.Buffers.Binary;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Netlink;

/// <summary>A netlink socket to the routing part of the kernel. It belongs for ever to the network namespace it was opened in, and keeps that alive.</summary>
public sealed class RouteSocket : IDisposable
{
    private const int NETLINK_ROUTE = 0;
    private const ushort NLMSG_ERROR = 2;
    private const ushort NLMSG_DONE = 3;

    /// <summary>The kernel's answers are datagrams of at most 32 KiB (NLMSG_GOODSIZE and netlink_dump).</summary>
    private const int LargestAnswer = 1 << 16;

    /// <summary>sizeof(struct sockaddr_nl); all of it but the family is 0 for the kernel.</summary>
    private const int KernelAddressSize = 12;

    private readonly FileDescriptor _socket;

    private RouteSocket(FileDescriptor socket) => _socket = socket;

    internal delegate void Reply(ushort type, ReadOnlySpan<byte> body);

    /// <summary>Opens one in the calling thread's network namespace. It is connected, so that it takes nothing but from the kernel: the root of a container's namespace might send answers of its own.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe RouteSocket Open()
    {
        int result = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, NETLINK_ROUTE);
        FileDescriptor socket = KernelCall.CheckDescriptor(result, "socket", "NETLINK_ROUTE");
        sockaddr_un kernel = new() { sun_family = Libc.AF_NETLINK };
        if (Libc.connect(socket, &kernel, KernelAddressSize) == -1)
        {
            Errno error = KernelCall.LastError;
            socket.Dispose();
            throw new SyscallException("connect", "NETLINK_ROUTE", error);
        }

        return new RouteSocket(socket);
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends a request and takes the answers up to the last; returns what the kernel says of it.</summary>
    internal Errno Exchange(RouteMessage request, Reply? reply = null)
    {
        HostFile.WriteOnce(_socket, request.Finish(), "netlink");
        byte[] buffer = new byte[LargestAnswer];
        while (true)
        {
            int size = HostFile.Read(_socket, buffer, "netlink");
            if (Take(buffer.AsSpan(0, size), reply) is { } result)
            {
                return result;
            }
        }
    }

    /// <summary>Takes the messages of a datagram; the result once the last has come.</summary>
    private static Errno? Take(ReadOnlySpan<byte> datagram, Reply? reply)
    {
        while (datagram.Length >= RouteMessage.HeaderSize)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(datagram);
            if (length < RouteMessage.HeaderSize || length > datagram.Length)
            {
                return Errno.EPROTO;
            }

            ushort type = BinaryPrimitives.ReadUInt16LittleEndian(datagram[4..]);
            ReadOnlySpan<byte> body = datagram[RouteMessage.HeaderSize..length];
            if (type is NLMSG_ERROR or NLMSG_DONE)
            {
                return body.Length >= 4 ? (Errno)(-BinaryPrimitives.ReadInt32LittleEndian(body)) : 0;
            }

            reply?.Invoke(type, body);
            datagram = datagram[Math.Min((length + 3) & ~3, datagram.Length)..];
        }

        return null;
    }
}

using System.Text;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>
/// AF_UNIX sockets bound to a name in a folder, never abstract (CVE-2020-15257). Addresses hold 108 bytes, so a folder is
/// reached by its descriptor: /proc/self/fd/N/name.
/// </summary>
public static class UnixSocket
{
    /// <summary>A listening SOCK_SEQPACKET socket of this name in a folder; the name must not exist.</summary>
    /// <exception cref="SyscallException">EADDRINUSE: the name exists.</exception>
    public static unsafe FileDescriptor Listen(FileDescriptor folder, string name, int backlog)
    {
        FileDescriptor socket = Create(Libc.SOCK_SEQPACKET);
        try
        {
            sockaddr_un address = Address(folder, name);
            int bound = Libc.bind(socket, &address, (uint)sizeof(sockaddr_un));
            KernelCall.Check(bound, "bind", name);
            int listening = Libc.listen(socket, backlog);
            KernelCall.Check(listening, "listen", name);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Connects to the SOCK_SEQPACKET socket of this name in a folder.</summary>
    /// <exception cref="SyscallException">ENOENT: no such socket; ECONNREFUSED: nobody listens any more.</exception>
    public static FileDescriptor Connect(FileDescriptor folder, string name) => Connect(folder, name, Libc.SOCK_SEQPACKET);

    /// <summary>Connects to a stream socket by path of any length (runc's --console-socket).</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor ConnectStream(string path) => Connect(path, Libc.SOCK_STREAM);

    private static FileDescriptor Connect(string path, int type)
    {
        int slash = path.LastIndexOf('/');
        string folderPath = slash < 0 ? "." : path[..(slash + 1)];
        using FileDescriptor folder = HostFile.Open(folderPath, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
        return Connect(folder, path[(slash + 1)..], type);
    }

    /// <summary>A datagram socket of this name in a folder, which every user may send to; one left there is replaced.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe FileDescriptor BindDatagram(FileDescriptor folder, string name)
    {
        HostDirectory.RemoveFile(folder, name);
        FileDescriptor socket = Create(Libc.SOCK_DGRAM);
        try
        {
            sockaddr_un address = Address(folder, name);
            int bound = Libc.bind(socket, &address, (uint)sizeof(sockaddr_un));
            KernelCall.Check(bound, "bind", name);
            int changed = Libc.fchmodat(folder, name, 0x1b6, 0);
            KernelCall.Check(changed, "fchmodat", name);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends one datagram to the socket at a path of any length.</summary>
    /// <exception cref="SyscallException">ENOENT: there is none; ECONNREFUSED: nobody listens there any more.</exception>
    public static void SendDatagram(string path, ReadOnlySpan<byte> bytes)
    {
        using FileDescriptor socket = Connect(path, Libc.SOCK_DGRAM);
        SocketMessage.Send(socket, bytes);
    }

    /// <summary>Takes the next connection.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe FileDescriptor Accept(FileDescriptor listener)
    {
        int result;
        do
        {
            result = Libc.accept4(listener, null, null, Libc.SOCK_CLOEXEC);
        }
        while (KernelCall.Interrupted(result));

        return KernelCall.CheckDescriptor(result, "accept4", "");
    }

    private static unsafe FileDescriptor Connect(FileDescriptor folder, string name, int type)
    {
        FileDescriptor socket = Create(type);
        try
        {
            sockaddr_un address = Address(folder, name);
            int result;
            do
            {
                result = Libc.connect(socket, &address, (uint)sizeof(sockaddr_un));
            }
            while (KernelCall.Interrupted(result));

            KernelCall.Check(result, "connect", name);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static FileDescriptor Create(int type)
    {
        int result = Libc.socket(Libc.AF_UNIX, type | Libc.SOCK_CLOEXEC, 0);
        return KernelCall.CheckDescriptor(result, "socket", "AF_UNIX");
    }

    private static unsafe sockaddr_un Address(FileDescriptor folder, string name)
    {
        string path = $"{folder.ProcPath()}/{name}";
        if (Encoding.UTF8.GetByteCount(path) >= sockaddr_un.PathSize)
        {
            throw new SyscallException("bind", name, Errno.ENAMETOOLONG);
        }

        sockaddr_un address = new() { sun_family = Libc.AF_UNIX };
        Encoding.UTF8.GetBytes(path, new Span<byte>(address.sun_path, sockaddr_un.PathSize));
        return address;
    }
}

using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>Messages over AF_UNIX sockets, with descriptors by SCM_RIGHTS.</summary>
public static unsafe class SocketMessage
{
    /// <summary>The most descriptors that one message may carry here.</summary>
    public const int MaxDescriptors = 8;

    private const int ControlSize = 16 + (MaxDescriptors * sizeof(int));

    /// <summary>Sends one message, with a descriptor or without.</summary>
    /// <exception cref="SyscallException">EPIPE: the peer is gone.</exception>
    public static void Send(FileDescriptor socket, ReadOnlySpan<byte> bytes, FileDescriptor? attached = null)
    {
        Errno error = TrySend(socket, bytes, attached);
        if (error != 0)
        {
            throw new SyscallException("sendmsg", "", error);
        }
    }

    /// <summary>Sends one message, or says why not.</summary>
    public static Errno TrySend(FileDescriptor socket, ReadOnlySpan<byte> bytes, FileDescriptor? attached = null) => TrySend(socket, bytes, attached, Libc.MSG_NOSIGNAL);

    /// <summary>Sends one message if that needs no waiting; EAGAIN where it does.</summary>
    public static Errno TrySendNow(FileDescriptor socket, ReadOnlySpan<byte> bytes) => TrySend(socket, bytes, null, Libc.MSG_NOSIGNAL | Libc.MSG_DONTWAIT);

    private static Errno TrySend(FileDescriptor socket, ReadOnlySpan<byte> bytes, FileDescriptor? attached, int flags)
    {
        byte* control = stackalloc byte[ControlSize];
        fixed (byte* start = bytes)
        {
            iovec vector = new() { iov_base = start, iov_len = (nuint)bytes.Length };
            msghdr message = new() { msg_iov = &vector, msg_iovlen = 1 };
            if (attached is not null)
            {
                *(cmsghdr*)control = new cmsghdr { cmsg_len = (nuint)(sizeof(cmsghdr) + sizeof(int)), cmsg_level = Libc.SOL_SOCKET, cmsg_type = Libc.SCM_RIGHTS };
                *(int*)(control + sizeof(cmsghdr)) = attached.Number;
                message.msg_control = control;
                // CMSG_SPACE: the data are padded to 8 bytes.
                message.msg_controllen = (nuint)(sizeof(cmsghdr) + 8);
            }

            nint result;
            do
            {
                result = Libc.sendmsg(socket, &message, flags);
            }
            while (KernelCall.Interrupted(result));

            Errno error = result == -1 ? KernelCall.LastError : 0;
            GC.KeepAlive(attached);
            return error;
        }
    }

    /// <summary>
    /// Receives one message; returns its size, 0 at the end. A descriptor that came along is closed on exec and the caller's;
    /// more than one is closed and refused.
    /// </summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    /// <exception cref="MiniRunException">The message does not fit the buffer, or carried more than one descriptor.</exception>
    public static int Receive(FileDescriptor socket, Span<byte> buffer, out FileDescriptor? attached)
    {
        byte* control = stackalloc byte[ControlSize];
        msghdr message;
        nint result;
        fixed (byte* start = buffer)
        {
            iovec vector = new() { iov_base = start, iov_len = (nuint)buffer.Length };
            do
            {
                message = new msghdr { msg_iov = &vector, msg_iovlen = 1, msg_control = control, msg_controllen = ControlSize };
                result = Libc.recvmsg(socket, &message, Libc.MSG_CMSG_CLOEXEC);
            }
            while (KernelCall.Interrupted(result));
        }

        KernelCall.Check(result, "recvmsg", "");
        attached = Attached(control, message.msg_controllen, out bool tooMany);
        if (tooMany || (message.msg_flags & (Libc.MSG_TRUNC | Libc.MSG_CTRUNC)) != 0)
        {
            attached?.Dispose();
            throw new MiniRunException("recvmsg: a message larger than minirun's protocol allows; the peer is not of this build");
        }

        return (int)result;
    }

    private static FileDescriptor? Attached(byte* control, nuint size, out bool tooMany)
    {
        tooMany = false;
        FileDescriptor? first = null;
        if (size < (nuint)sizeof(cmsghdr) || ((cmsghdr*)control)->cmsg_level != Libc.SOL_SOCKET || ((cmsghdr*)control)->cmsg_type != Libc.SCM_RIGHTS)
        {
            return null;
        }

        int count = (int)(((cmsghdr*)control)->cmsg_len - (nuint)sizeof(cmsghdr)) / sizeof(int);
        for (int i = 0; i < count; i++)
        {
            FileDescriptor received = FileDescriptor.Adopt(((int*)(control + sizeof(cmsghdr)))[i]);
            if (first is null)
            {
                first = received;
                continue;
            }

            received.Dispose();
            tooMany = true;
        }

        return first;
    }
}

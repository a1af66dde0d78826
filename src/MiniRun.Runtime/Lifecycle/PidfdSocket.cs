using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>runc's --pidfd-socket: a unix stream socket that is sent the process's pidfd by SCM_RIGHTS.</summary>
internal static class PidfdSocket
{
    /// <exception cref="SyscallException">Nobody listens there.</exception>
    /// <exception cref="MiniRunException">The process has ended already.</exception>
    public static void Send(string? path, ProcessIdentity identity)
    {
        if (path is null)
        {
            return;
        }

        using Pidfd process = identity.Open() ?? throw new MiniRunException($"--pidfd-socket {path}: the process has ended before its pidfd could be sent");
        using FileDescriptor socket = UnixSocket.ConnectStream(path);
        // Receivers want at least one byte beside the descriptor.
        SocketMessage.Send(socket, "pidfd"u8, process.Descriptor);
    }
}

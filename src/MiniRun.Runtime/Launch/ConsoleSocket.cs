using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Runtime.Launch;

/// <summary>runc's --console-socket: a unix stream socket that is sent the terminal's master by SCM_RIGHTS.</summary>
internal static class ConsoleSocket
{
    /// <exception cref="SyscallException">Nobody listens there.</exception>
    public static void Send(string path, FileDescriptor master)
    {
        using FileDescriptor socket = UnixSocket.ConnectStream(path);
        // runc sends the terminal's name as the message; receivers want at least one byte.
        SocketMessage.Send(socket, "/dev/ptmx"u8, master);
    }
}

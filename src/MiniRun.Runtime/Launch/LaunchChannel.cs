using System.Runtime.InteropServices;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Plan.Wire;

namespace MiniRun.Runtime.Launch;

/// <summary>The launcher's end of the conversation with minirun-init: one message a packet, drawn in native-shims/README.md.</summary>
internal sealed class LaunchChannel(FileDescriptor socket) : IDisposable
{
    public FileDescriptor Socket => socket;

    /// <summary>Waits for init's next message; false when init has closed its end: it runs the program, or it is gone.</summary>
    /// <exception cref="MiniRunException">What came is no message of this build.</exception>
    public bool Receive(out Message message, out FileDescriptor? attached)
    {
        message = default;
        Span<byte> packet = MemoryMarshal.AsBytes(new Span<Message>(ref message));
        int size = SocketMessage.Receive(socket, packet, out attached);
        if (size == 0)
        {
            return false;
        }

        if (size != packet.Length)
        {
            attached?.Dispose();
            throw new MiniRunException($"recvmsg: a message of {size} bytes from minirun-init, not {packet.Length}; minirun and its init are not of one build");
        }

        return true;
    }

    /// <summary>Answers an Await. A peer that has died meanwhile is noticed by the next Receive, which can say more.</summary>
    public void Continue(Await awaited, FileDescriptor? gate = null)
    {
        Message message = new() { Type = MessageType.Continue, Value = (uint)awaited };
        SocketMessage.TrySend(socket, MemoryMarshal.AsBytes(new ReadOnlySpan<Message>(in message)), gate);
    }

    public void Dispose() => socket.Dispose();
}

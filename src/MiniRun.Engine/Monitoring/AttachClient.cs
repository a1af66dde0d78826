using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Monitoring;

/// <summary>One who has attached, as the monitor sees it.</summary>
internal sealed class AttachClient(FileDescriptor socket, string folder) : IDisposable
{
    private readonly SpillQueue _unsent = new(folder);

    internal FileDescriptor Socket => socket;

    /// <summary>What it wants; null until it has said so.</summary>
    internal AttachedStreams? Streams { get; set; }

    /// <summary>Whether it has gone, or what it should get cannot be kept for it.</summary>
    internal bool Gone { get; private set; }

    /// <summary>Whether messages wait until it can take them.</summary>
    internal bool IsBehind => !_unsent.IsEmpty;

    /// <summary>Its place in the set that is waited on.</summary>
    internal int Entry { get; set; }

    internal bool Wants(AttachedStreams stream) => Streams is { } wanted && (wanted & stream) != 0;

    /// <summary>Sends a message, or keeps it until it can be sent. Never waits.</summary>
    internal void Send(ReadOnlySpan<byte> message)
    {
        if (Gone || (!IsBehind && TrySend(message)))
        {
            return;
        }

        try
        {
            _unsent.Add(message);
        }
        catch (SyscallException)
        {
            // The disk is full: whoever reads so slowly loses the connection, and not the container its output.
            Gone = true;
        }
    }

    /// <summary>Sends what waits, as far as it goes.</summary>
    /// <param name="buffer">Room for the largest message.</param>
    internal void SendUnsent(Span<byte> buffer)
    {
        try
        {
            while (IsBehind && !Gone && TrySend(_unsent.Peek(buffer)))
            {
                _unsent.Drop();
            }
        }
        catch (MiniRunException)
        {
            Gone = true; // the disk has failed
        }
    }

    internal void Leave() => Gone = true;

    public void Dispose()
    {
        _unsent.Dispose();
        socket.Dispose();
    }

    private bool TrySend(ReadOnlySpan<byte> message)
    {
        Errno error = SocketMessage.TrySendNow(socket, message);
        Gone |= error is not (0 or Errno.EAGAIN or Errno.ENOBUFS);
        return error == 0 || Gone;
    }
}

using System.Buffers.Binary;
using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Monitoring;

/// <summary>The monitor's side of attach.sock: who is attached, what they say, and what all of them are told.</summary>
internal sealed class AttachServer : IDisposable
{
    /// <summary>The socket's name in the container's folder.</summary>
    internal const string SocketName = "attach.sock";

    /// <summary>The largest message, in bytes: fits a socket's buffer several times.</summary>
    internal const int MaxMessage = 1 + ChunkSize;

    /// <summary>The most bytes of a stream in one message.</summary>
    internal const int ChunkSize = 32768;

    private const int Backlog = 64;
    private const int MostClients = 256;
    private const int AcceptPauseMilliseconds = 10;

    private readonly string _folder;
    private readonly List<AttachClient> _clients = [];
    private int _listenerEntry;

    /// <param name="folder">The container's.</param>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal AttachServer(string folder)
    {
        _folder = folder;
        using FileDescriptor directory = HostFile.OpenDirectory(folder);
        // A killed monitor leaves its socket; the lock says that this one is alone now.
        HostDirectory.RemoveFile(directory, SocketName);
        Listener = UnixSocket.Listen(directory, SocketName, Backlog);
    }

    /// <summary>Goes on serving those who are attached already.</summary>
    internal AttachServer(string folder, MonitorHandOver handOver)
    {
        _folder = folder;
        Listener = handOver.Listener;
        Size = handOver.Size;
        foreach ((FileDescriptor socket, AttachedStreams? streams) in handOver.Clients)
        {
            _clients.Add(new AttachClient(socket, folder) { Streams = streams });
        }
    }

    /// <summary>The size of a client's terminal that was told last; 0 × 0 where none was.</summary>
    internal TerminalSize Size { get; private set; }

    internal FileDescriptor Listener { get; }

    /// <summary>Room for the largest message; output and messages use it one after the other, and leave nothing in it between two calls.</summary>
    internal byte[] Buffer { get; } = new byte[MaxMessage];

    /// <summary>Takes the connection of whoever started the monitor, who has said already what it wants: it gets the program's output from the first byte on.</summary>
    internal void Adopt(FileDescriptor socket)
    {
        // Whoever started the monitor may have had a limit for one program; here each client takes two descriptors.
        DescriptorLimit.SetOwnToMost();
        AttachClient client = new(socket, _folder);
        _clients.Add(client);
        Receive(client, program: null);
    }

    /// <summary>Tells whoever started a monitor that it cannot do its work.</summary>
    internal static void Refuse(FileDescriptor starter, int exitCode, string reason)
    {
        byte[] buffer = new byte[MaxMessage];
        SocketMessage.Receive(starter, buffer, out FileDescriptor? attached); // or closing the socket would lose what is said to it
        attached?.Dispose();
        SocketMessage.TrySendNow(starter, Message(AttachMessage.Failed, exitCode, reason));
    }

    /// <summary>Adds everything there is to wait for.</summary>
    internal void Join(Poll poll, bool takesInput)
    {
        _listenerEntry = poll.Add(Listener, _clients.Count < MostClients ? Poll.Readable : (short)0);
        foreach (AttachClient client in _clients)
        {
            bool listens = takesInput || !client.Wants(AttachedStreams.Input);
            int wanted = (listens ? Poll.Readable : 0) | (client.IsBehind ? Poll.Writable : 0);
            // One that has gone, and whose last input has no room yet, would wake the monitor all the time.
            client.Entry = wanted == 0 ? -1 : poll.Add(client.Socket, (short)wanted);
        }
    }

    /// <summary>Does what has come since <see cref="Join"/>.</summary>
    internal void Serve(Poll poll, IAttachedProgram program)
    {
        foreach (AttachClient client in _clients)
        {
            if (client.Entry < 0)
            {
                continue;
            }

            bool listens = program.TakesInput || !client.Wants(AttachedStreams.Input);
            if (listens && (poll.HasInput(client.Entry) || poll.IsHungUp(client.Entry)))
            {
                Receive(client, program);
            }

            if (client.IsBehind && poll.IsWritable(client.Entry))
            {
                client.SendUnsent(Buffer);
            }
        }

        RemoveGone(program);
        if (poll.HasInput(_listenerEntry))
        {
            Accept();
        }
    }

    /// <summary>Passes output on to all who want it.</summary>
    /// <param name="message">One byte of room for the kind, and the output behind it.</param>
    internal void Output(Span<byte> message, AttachedStreams stream)
    {
        message[0] = (byte)(stream == AttachedStreams.Output ? AttachMessage.Output : AttachMessage.ErrorOutput);
        foreach (AttachClient client in _clients)
        {
            if (client.Wants(stream))
            {
                client.Send(message);
            }
        }
    }

    internal void Started(int pid) => Tell(AttachMessage.Started, pid, "");

    internal void Failed(int exitCode, string reason) => Tell(AttachMessage.Failed, exitCode, reason);

    internal void Ended(int status, string? remark) => Tell(AttachMessage.Ended, status, remark ?? "");

    /// <summary>Whether some client has not taken everything yet.</summary>
    internal bool IsAnyBehind()
    {
        foreach (AttachClient client in _clients)
        {
            if (client is { IsBehind: true, Gone: false })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Those who are attached, and what they want; whoever is behind wants more than that.</summary>
    internal IReadOnlyList<(FileDescriptor Socket, AttachedStreams? Streams)> Clients() => [.. from client in _clients where !client.Gone select (client.Socket, client.Streams)];

    public void Dispose()
    {
        foreach (AttachClient client in _clients)
        {
            client.Dispose();
        }

        Listener.Dispose();
    }

    /// <summary>One who cannot be taken in now (no descriptor is free) is asked for again in the next turn.</summary>
    private void Accept()
    {
        try
        {
            _clients.Add(new AttachClient(UnixSocket.Accept(Listener), _folder));
        }
        catch (SyscallException)
        {
            Thread.Sleep(AcceptPauseMilliseconds);
        }
    }

    private void Receive(AttachClient client, IAttachedProgram? program)
    {
        int count;
        try
        {
            count = SocketMessage.Receive(client.Socket, Buffer, out FileDescriptor? attached);
            attached?.Dispose();
        }
        catch (MiniRunException)
        {
            count = 0;
        }

        if (count == 0)
        {
            client.Leave();
            return;
        }

        ReadOnlySpan<byte> body = Buffer.AsSpan(1, count - 1);
        switch ((AttachMessage)Buffer[0])
        {
            case AttachMessage.Attach when body.Length > 0:
                client.Streams = (AttachedStreams)body[0];
                Size = SizeIn(body[1..]) ?? Size;
                break;
            case AttachMessage.Input when client.Wants(AttachedStreams.Input):
                program?.Input(body);
                break;
            case AttachMessage.EndOfInput when client.Wants(AttachedStreams.Input):
                program?.EndInput();
                break;
            case AttachMessage.Size when SizeIn(body) is { } size:
                Size = size;
                program?.Resize(size);
                break;
            case AttachMessage.Signal when body.Length >= 4 && BinaryPrimitives.ReadInt32LittleEndian(body) is > 0 and <= Signals.SIGRTMAX:
                program?.Signal(BinaryPrimitives.ReadInt32LittleEndian(body));
                break;
            case AttachMessage.Stop:
                program?.StopAsked();
                client.Send([(byte)AttachMessage.Stop]);
                break;
        }
    }

    /// <summary>Null where there is none.</summary>
    private static TerminalSize? SizeIn(ReadOnlySpan<byte> body) => body.Length >= 2 * sizeof(ushort)
        ? new TerminalSize(BinaryPrimitives.ReadUInt16LittleEndian(body), BinaryPrimitives.ReadUInt16LittleEndian(body[sizeof(ushort)..]))
        : null;

    private void RemoveGone(IAttachedProgram program)
    {
        for (int i = _clients.Count - 1; i >= 0; i--)
        {
            AttachClient client = _clients[i];
            if (client.Gone)
            {
                if (client.Wants(AttachedStreams.Input))
                {
                    program.EndInput();
                }

                _clients.RemoveAt(i);
                client.Dispose();
            }
        }
    }

    private void Tell(AttachMessage kind, int number, string text)
    {
        byte[] message = Message(kind, number, text);
        foreach (AttachClient client in _clients)
        {
            client.Send(message);
        }
    }

    private static byte[] Message(AttachMessage kind, int number, string text)
    {
        byte[] message = new byte[1 + sizeof(int) + Encoding.UTF8.GetByteCount(text)];
        message[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(1), number);
        Encoding.UTF8.GetBytes(text, message.AsSpan(1 + sizeof(int)));
        return message.Length <= MaxMessage ? message : message[..MaxMessage];
    }
}

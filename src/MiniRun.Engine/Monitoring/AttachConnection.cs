using System.Buffers.Binary;
using System.Text;
using MiniRun.Engine.Containers;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Monitoring;

/// <summary>A client's connection to a container's monitor.</summary>
public sealed class AttachConnection : IDisposable
{
    private const int AnswerMilliseconds = 3000;

    private readonly string _folder;
    private readonly byte[] _buffer = new byte[AttachServer.MaxMessage];
    private readonly byte[] _sent = new byte[AttachServer.MaxMessage];

    private AttachConnection(FileDescriptor socket, string folder)
    {
        Socket = socket;
        _folder = folder;
    }

    internal FileDescriptor Socket { get; }

    /// <summary>Attaches to a running monitor; null where none listens.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal static AttachConnection? TryOpen(string folder, AttachedStreams streams)
    {
        try
        {
            using FileDescriptor directory = HostFile.OpenDirectory(folder);
            return Greeted(UnixSocket.Connect(directory, AttachServer.SocketName), streams, folder);
        }
        catch (SyscallException none) when (none.Errno is Errno.ENOENT or Errno.ECONNREFUSED or Errno.EPIPE or Errno.ECONNRESET)
        {
            return null;
        }
    }

    /// <summary>Starts a monitor, and is attached to it before the program starts, so that nothing of its output is missed.</summary>
    /// <param name="words">The monitor's command line, its program's path first.</param>
    /// <param name="folder">The container's folder.</param>
    /// <param name="streams">What to be sent.</param>
    /// <param name="size">Of the program's terminal from its first moment on; null leaves it without one.</param>
    /// <exception cref="SyscallException">It cannot be executed.</exception>
    internal static AttachConnection Start(IReadOnlyList<string> words, string folder, AttachedStreams streams, TerminalSize? size)
    {
        using SocketPair pair = SocketPair.Create();
        var connection = Greeted(pair.Ours.Duplicate(), streams, folder, size);
        try
        {
            IReadOnlyList<string> environment = MonitorEnvironment.Of(Environment.GetEnvironmentVariables(), DescriptorLimit.Own());
            BackgroundProgram.Start(words[0], words, pair.Theirs, environment, MonitorProgram.EndingSignals);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the program runs; returns its pid.</summary>
    /// <exception cref="ContainerStartException">It could not be started.</exception>
    internal int WaitStarted()
    {
        while (true)
        {
            AttachMessage? kind = Receive(out ReadOnlySpan<byte> body);
            switch (kind)
            {
                case null:
                    throw new ContainerStartException(125, "the container's monitor died before the program was started: minirun ps -a says what is left");
                case AttachMessage.Started:
                    return Number(body);
                case AttachMessage.Failed:
                    throw new ContainerStartException(Number(body), Text(body));
            }
        }
    }

    /// <summary>Waits until the program has ended; null where the monitor died before it.</summary>
    internal RunOutcome? WaitEnded()
    {
        while (true)
        {
            AttachMessage? kind = Receive(out ReadOnlySpan<byte> body);
            if (kind is null)
            {
                return null;
            }

            if (kind is AttachMessage.Ended or AttachMessage.Failed)
            {
                return Outcome(body);
            }
        }
    }

    /// <summary>Has the monitor start the program no more, and waits until it knows; but not long, because whoever asks is about to end the program anyway.</summary>
    internal void AskStop()
    {
        Send(AttachMessage.Stop, []);
        Poll poll = new();
        poll.Add(Socket);
        long end = Environment.TickCount64 + AnswerMilliseconds;
        for (long rest = AnswerMilliseconds; rest > 0 && poll.Wait((int)rest) > 0; rest = end - Environment.TickCount64)
        {
            if (Receive(out _) is null or AttachMessage.Stop)
            {
                return;
            }
        }
    }

    internal void Send(AttachMessage kind, ReadOnlySpan<byte> body)
    {
        _sent[0] = (byte)kind;
        body.CopyTo(_sent.AsSpan(1));
        Errno error = SocketMessage.TrySend(Socket, _sent.AsSpan(0, body.Length + 1));
        if (error is not (0 or Errno.EPIPE or Errno.ECONNRESET))
        {
            throw new SyscallException("sendmsg", AttachServer.SocketName, error);
        }
    }

    /// <summary>Sends where that needs no waiting; false where it does.</summary>
    internal bool TrySendNow(AttachMessage kind, ReadOnlySpan<byte> body)
    {
        _sent[0] = (byte)kind;
        body.CopyTo(_sent.AsSpan(1));
        return SocketMessage.TrySendNow(Socket, _sent.AsSpan(0, body.Length + 1)) is not (Errno.EAGAIN or Errno.ENOBUFS);
    }

    internal void Signal(int signal)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(number, signal);
        if (TrySendNow(AttachMessage.Signal, number))
        {
            return;
        }

        // The monitor does not listen here while the program has no room for input: another connection gets through.
        using AttachConnection? another = TryOpen(_folder, AttachedStreams.None);
        another?.Send(AttachMessage.Signal, number);
    }

    internal void Resize(TerminalSize size) => TrySendNow(AttachMessage.Size, Bytes(size));

    /// <summary>The next message, until the next call; null where the monitor has gone.</summary>
    internal AttachMessage? Receive(out ReadOnlySpan<byte> body)
    {
        int count;
        try
        {
            count = ReceiveOnce();
        }
        catch (SyscallException gone) when (gone.Errno == Errno.ECONNRESET)
        {
            // It left without having read all that was said to it; what it said before is still there.
            count = ReceiveOnce();
        }

        body = _buffer.AsSpan(Math.Min(count, 1), Math.Max(0, count - 1));
        return count == 0 ? null : (AttachMessage)_buffer[0];
    }

    internal static RunOutcome Outcome(ReadOnlySpan<byte> body) => new(Number(body), Text(body) is { Length: > 0 } remark ? remark : null);

    public void Dispose() => Socket.Dispose();

    private int ReceiveOnce()
    {
        int count = SocketMessage.Receive(Socket, _buffer, out FileDescriptor? attached);
        attached?.Dispose();
        return count;
    }

    private static byte[] Bytes(TerminalSize size)
    {
        byte[] numbers = new byte[2 * sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(numbers, size.Rows);
        BinaryPrimitives.WriteUInt16LittleEndian(numbers.AsSpan(sizeof(ushort)), size.Columns);
        return numbers;
    }

    private static AttachConnection Greeted(FileDescriptor socket, AttachedStreams streams, string folder, TerminalSize? size = null)
    {
        var connection = new AttachConnection(socket, folder);
        connection.Send(AttachMessage.Attach, [(byte)streams, .. size is { } known ? Bytes(known) : []]);
        return connection;
    }

    private static int Number(ReadOnlySpan<byte> body) => body.Length >= sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(body) : 125;

    private static string Text(ReadOnlySpan<byte> body) => body.Length > sizeof(int) ? Encoding.UTF8.GetString(body[sizeof(int)..]) : "";
}

using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.DBus;

/// <summary>
/// A connection to a message bus: one call at a time, and the signals that were asked for. Written by hand because the
/// handful of calls to systemd need no more, and a library would cost every start that makes none.
/// </summary>
public sealed class BusConnection : IDisposable
{
    private const string Bus = "org.freedesktop.DBus";
    private const string BusPath = "/org/freedesktop/DBus";

    // Before the first message lines are exchanged; longer ones than this are no answers.
    private const int LongestLine = 1024;

    // What nobody waits for is dropped beyond this.
    private const int MostSignals = 1000;

    private readonly FileDescriptor _socket;
    private readonly string _path;
    private readonly TimeSpan _time;
    private readonly Poll _poll = new();
    private readonly Queue<Message> _signals = new();
    private readonly byte[] _prefix = new byte[Message.PrefixSize];
    private uint _serial;

    private BusConnection(FileDescriptor socket, string path, TimeSpan time)
    {
        _socket = socket;
        _path = path;
        _time = time;
        _poll.Add(socket);
    }

    /// <summary>Connects to the bus that listens at this path and says hello.</summary>
    /// <param name="path">The socket.</param>
    /// <param name="time">How long an answer may take.</param>
    /// <exception cref="MiniRunException">Nobody listens there, or the bus does not let this user in.</exception>
    public static BusConnection Open(string path, TimeSpan time)
    {
        BusConnection connection = new(Connect(path), path, time);
        try
        {
            connection.Authenticate();
            connection.Call(Bus, BusPath, Bus, "Hello");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Has the bus deliver the signals that match a rule ("type='signal',member='JobRemoved'").</summary>
    /// <exception cref="MiniRunException">The bus refused, or did not answer.</exception>
    public void Match(string rule) => Call(Bus, BusPath, Bus, "AddMatch", "s", writer => writer.String(rule));

    /// <summary>Makes a call and waits for its answer.</summary>
    /// <exception cref="DBusException">The answer is an error.</exception>
    /// <exception cref="MiniRunException">No answer came in time, or the connection ended.</exception>
    public Message Call(string destination, string path, string @interface, string member, string signature = "", Action<MessageWriter>? arguments = null)
    {
        MessageWriter body = new();
        arguments?.Invoke(body);
        Message call = new()
        {
            Type = MessageType.Call,
            Serial = ++_serial,
            Destination = destination,
            Path = path,
            Interface = @interface,
            Member = member,
            Signature = signature,
            Body = body.Bytes.ToArray(),
        };
        long deadline = Deadline();
        Send(call.Encode());
        while (true)
        {
            Message message = Receive(deadline, member);
            if (message.Type == MessageType.Signal)
            {
                Keep(message);
            }
            else if (message.ReplySerial == call.Serial)
            {
                return message.Type == MessageType.Error ? throw Refusal(member, message) : message;
            }
        }
    }

    /// <summary>
    /// Waits for a signal; those that came while a call was answered count too. Any user of the bus may send us one that no
    /// match asked for, so only those of the given sender count: of who answered the call that the signal is about.
    /// </summary>
    /// <exception cref="MiniRunException">None came in time, or the connection ended.</exception>
    public Message WaitForSignal(string sender, string member, Predicate<Message> matches)
    {
        long deadline = Deadline();
        while (true)
        {
            Message message = _signals.TryDequeue(out Message? kept) ? kept : Receive(deadline, member);
            if (message.Type == MessageType.Signal && message.Sender == sender && message.Member == member && matches(message))
            {
                return message;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static FileDescriptor Connect(string path)
    {
        try
        {
            return UnixSocket.ConnectStream(path);
        }
        catch (SyscallException failure)
        {
            throw new MiniRunException($"connect {OneLine.Of(path)}: {failure.Errno.Reason()}: systemd is reached over D-Bus, and no bus listens there: install and start dbus, or use --cgroup-manager=cgroupfs", failure);
        }
    }

    /// <summary>
    /// SASL's EXTERNAL: the bus takes the user's id from the kernel. None is named, because inside a user namespace the one
    /// known here is not the one that the bus sees.
    /// </summary>
    private void Authenticate()
    {
        long deadline = Deadline();
        Send("\0AUTH EXTERNAL\r\n"u8);
        Expect("DATA", deadline);
        Send("DATA\r\n"u8);
        Expect("OK", deadline);
        Send("BEGIN\r\n"u8);
    }

    private void Expect(string word, long deadline)
    {
        string line = ReadLine(deadline);
        if (line != word && !line.StartsWith(word + " ", StringComparison.Ordinal))
        {
            throw new MiniRunException($"D-Bus at {_path}: the bus does not let this user in: {OneLine.Of(line)}");
        }
    }

    /// <summary>Byte by byte: what follows a line's end belongs to the next.</summary>
    private string ReadLine(long deadline)
    {
        List<byte> line = [];
        Span<byte> one = stackalloc byte[1];
        while (line.Count < LongestLine)
        {
            Fill(one, deadline, "AUTH");
            if (one[0] == '\n')
            {
                return Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        throw new MiniRunException($"D-Bus at {_path}: what listens there is no bus");
    }

    private Message Receive(long deadline, string member)
    {
        Fill(_prefix, deadline, member);
        byte[] bytes = new byte[Message.SizeOf(_prefix)];
        _prefix.CopyTo(bytes, 0);
        Fill(bytes.AsSpan(Message.PrefixSize), deadline, member);
        return Message.Decode(bytes);
    }

    private void Fill(Span<byte> buffer, long deadline, string member)
    {
        while (buffer.Length > 0)
        {
            long rest = deadline - Environment.TickCount64;
            if (rest <= 0 || _poll.Wait((int)rest) == 0)
            {
                throw new MiniRunException($"D-Bus at {_path}: no answer to {member} within {_time.TotalSeconds} seconds: see whether systemd is busy (systemctl list-jobs)");
            }

            int read = HostFile.Read(_socket, buffer, _path);
            buffer = read > 0 ? buffer[read..] : throw new MiniRunException($"D-Bus at {_path}: the bus closed the connection during {member}");
        }
    }

    private void Send(ReadOnlySpan<byte> bytes) => HostFile.WriteAll(_socket, bytes, _path);

    private void Keep(Message signal)
    {
        if (_signals.Count == MostSignals)
        {
            _signals.Dequeue();
        }

        _signals.Enqueue(signal);
    }

    private long Deadline() => Environment.TickCount64 + (long)_time.TotalMilliseconds;

    private static DBusException Refusal(string member, Message error)
    {
        MessageReader reader = new(error.Body.Span);
        string said = error.Signature.StartsWith('s') ? reader.String() : error.ErrorName;
        return new DBusException(error.ErrorName, $"{member}: {OneLine.Of(said)}");
    }
}

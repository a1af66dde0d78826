using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Monitoring;

/// <summary>The caller's streams and signals, carried to and from a container's monitor until the program ends or the caller leaves.</summary>
internal sealed class AttachSession : IDisposable
{
    private const int WriteChunk = 4096; // PIPE_BUF: fits wherever poll says "writable"

    private readonly AttachConnection _connection;
    private readonly KeySequence _keys;
    private readonly FileDescriptor _input = FileDescriptor.Borrow(0);
    private readonly FileDescriptor _output = FileDescriptor.Borrow(1);
    private readonly FileDescriptor _errors = FileDescriptor.Borrow(2);
    private readonly SignalPipe? _signals;
    private readonly RawMode? _rawMode;
    private readonly byte[] _typed = new byte[AttachServer.ChunkSize / 2];
    private readonly byte[] _passed = new byte[AttachServer.ChunkSize];
    private readonly byte[] _unwritten = new byte[AttachServer.ChunkSize];
    private FileDescriptor _target;
    private int _pending;
    private int _written;
    private int _received;
    private bool _inputOpen;

    internal AttachSession(AttachConnection connection, AttachOptions options)
    {
        _connection = connection;
        _target = _output;
        _keys = new KeySequence(options.Terminal ? options.DetachKeys : []);
        _inputOpen = (options.Streams & AttachedStreams.Input) != 0;
        bool ownTerminal = options.Terminal && Terminal.Is(_input);
        _signals = options.SignalProxy ? ForwardedSignals.Open(hangup: !options.Terminal) : options.Terminal ? SignalPipe.Open([Signals.SIGWINCH]) : null;
        _rawMode = ownTerminal && _inputOpen ? Terminal.EnterRawMode(_input) : null;
        if (ownTerminal)
        {
            Resize();
        }
    }

    internal AttachOutcome Run()
    {
        Poll poll = new();
        while (true)
        {
            poll.Clear();
            // While the caller's own reader is slow, signals must still pass: so nothing is written that would have to wait.
            int target = _written < _received ? poll.Add(_target, Poll.Writable) : -1;
            int monitor = target >= 0 && _pending == 0 ? -1 : poll.Add(_connection.Socket, (short)((target >= 0 ? 0 : Poll.Readable) | (_pending > 0 ? Poll.Writable : 0)));
            int signal = _signals is null ? -1 : poll.Add(_signals.Descriptor);
            int input = _inputOpen && _pending == 0 ? poll.Add(_input) : -1;
            poll.Wait();
            if (signal >= 0 && poll.HasInput(signal))
            {
                PassSignals();
            }

            if (target >= 0 && poll.IsWritable(target))
            {
                WriteSome();
            }

            if (_pending > 0 && poll.IsWritable(monitor))
            {
                SendPending();
            }

            // Output first: what the program says at its end is not to be lost for input that nobody will read.
            if (target < 0 && poll.IsReadable(monitor))
            {
                if (Receive() is { } outcome)
                {
                    return outcome;
                }
            }
            else if (input >= 0 && poll.IsReadable(input) && PassInput())
            {
                return new AttachOutcome(null, Detached: true);
            }
        }
    }

    public void Dispose()
    {
        _rawMode?.Dispose();
        _signals?.Dispose();
        _input.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    private AttachOutcome? Receive()
    {
        switch (_connection.Receive(out ReadOnlySpan<byte> body))
        {
            case null:
                return new AttachOutcome(null, Detached: false);
            case AttachMessage.Output:
                Take(body, _output);
                return null;
            case AttachMessage.ErrorOutput:
                Take(body, _errors);
                return null;
            case AttachMessage.Ended or AttachMessage.Failed:
                return new AttachOutcome(AttachConnection.Outcome(body), Detached: false);
            default:
                return null;
        }
    }

    /// <summary>A program that does not read makes the monitor stop listening: then nothing is sent, and output and signals still pass.</summary>
    private void SendPending()
    {
        if (_pending > 0 && _connection.TrySendNow(AttachMessage.Input, _passed.AsSpan(0, _pending)))
        {
            _pending = 0;
        }
    }

    private void Take(ReadOnlySpan<byte> output, FileDescriptor target)
    {
        output.CopyTo(_unwritten);
        (_written, _received, _target) = (0, output.Length, target);
    }

    private void WriteSome()
    {
        int chunk = Math.Min(_received - _written, WriteChunk);
        _written += HostFile.WriteOnce(_target, _unwritten.AsSpan(_written, chunk), _target == _output ? "standard output" : "standard error");
    }

    /// <summary>True where the detach keys were typed.</summary>
    private bool PassInput()
    {
        int count = ReadInput();
        if (count == 0)
        {
            _inputOpen = false;
            _connection.Send(AttachMessage.EndOfInput, []);
            return false;
        }

        _pending = _keys.Filter(_typed.AsSpan(0, count), _passed, out bool found);
        SendPending();
        return found;
    }

    /// <summary>A terminal that has gone (EIO) gives no more.</summary>
    private int ReadInput()
    {
        try
        {
            return HostFile.Read(_input, _typed, "standard input");
        }
        catch (SyscallException gone) when (gone.Errno == Errno.EIO)
        {
            return 0;
        }
    }

    private void PassSignals()
    {
        for (int number = _signals!.Next(); number != 0; number = _signals.Next())
        {
            if (number == Signals.SIGWINCH)
            {
                Resize();
            }
            else
            {
                _connection.Signal(number);
            }
        }
    }

    private void Resize()
    {
        if (Terminal.Is(_input))
        {
            _connection.Resize(Terminal.Size(_input));
        }
    }
}

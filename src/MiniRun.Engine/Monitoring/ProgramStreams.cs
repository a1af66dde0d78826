using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Launch;

namespace MiniRun.Engine.Monitoring;

/// <summary>
/// The monitor's ends of a program's streams: pipes, or the terminal's master for all three. They end with the monitor: where that is
/// killed, the program's next write fails (EPIPE, and SIGPIPE for all but process 1, which gets only signals it handles) or its terminal
/// hangs up, and only a program that writes nothing runs on as if nothing had happened.
/// </summary>
internal sealed class ProgramStreams : IDisposable
{
    // Of a pipe or terminal that poll calls writable, at least this much does not block: PIPE_BUF, and what a terminal's line takes.
    private const int PipeChunk = 4096;
    private const int TerminalChunk = 256;
    private const int MostDrainMilliseconds = 2000;

    private readonly FileDescriptor? _input;
    private readonly FileDescriptor? _output;
    private readonly FileDescriptor? _errors;
    private FileDescriptor? _terminal;

    /// <summary>Made when the program first gets input.</summary>
    private byte[] _pending = [];
    private int _pendingStart;
    private int _pendingEnd;
    private bool _inputEnding;
    private bool _inputOpen;
    private int _inputEntry = -1;
    private int _outputEntry = -1;
    private int _errorEntry = -1;
    private bool _outputOpen = true;
    private bool _errorsOpen;

    /// <param name="terminal">Whether the program has a terminal; <see cref="Launched"/> then brings it.</param>
    /// <param name="interactive">Whether it has an input.</param>
    internal ProgramStreams(bool terminal, bool interactive)
    {
        _inputOpen = interactive;
        ForProgram = Stdio.Inherited();
        if (terminal)
        {
            return;
        }

        Pipe? input = interactive ? Pipe.Create() : null;
        var output = Pipe.Create();
        var errors = Pipe.Create();
        (_input, _output, _errors) = (input?.WriteEnd, output.ReadEnd, errors.ReadEnd);
        _errorsOpen = true;
        // A program can open its own streams anew and take what poll has announced, or fill what it has called writable:
        // the monitor's ends must not wait for it then.
        HostFile.SetNonBlocking(_output);
        HostFile.SetNonBlocking(_errors);
        if (_input is not null)
        {
            HostFile.SetNonBlocking(_input);
        }

        ForProgram = new Stdio(input?.ReadEnd ?? HostFile.Open("/dev/null", OpenFlags.O_RDONLY), output.WriteEnd, errors.WriteEnd);
    }

    /// <summary>Goes on with the streams of a program that another process has started: nothing was read or written yet.</summary>
    internal ProgramStreams(MonitorHandOver handOver)
    {
        ForProgram = Stdio.Inherited();
        (_input, _output, _errors, _terminal) = (handOver.Input, handOver.Output, handOver.Errors, handOver.Terminal);
        (_inputOpen, _errorsOpen) = (handOver.Interactive, handOver.Errors is not null);
    }

    /// <summary>What the program gets.</summary>
    internal Stdio ForProgram { get; }

    /// <summary>Null of a terminal, and where the program has no input.</summary>
    internal FileDescriptor? InputEnd => _input;

    /// <summary>Null of a terminal.</summary>
    internal FileDescriptor? OutputEnd => _output;

    /// <summary>Null of a terminal.</summary>
    internal FileDescriptor? ErrorsEnd => _errors;

    /// <summary>Whether the program can get input.</summary>
    internal bool IsInteractive => _inputOpen;

    /// <summary>Whether all output has been read to its end.</summary>
    internal bool OutputEnded => !_outputOpen && !_errorsOpen;

    /// <summary>Whether input that is given now has room.</summary>
    internal bool TakesInput => _pendingStart == _pendingEnd;

    /// <summary>The program runs: its own ends are closed here, so that its end is seen.</summary>
    internal void Launched(FileDescriptor? terminal)
    {
        _terminal = terminal;
        if (terminal is not null)
        {
            HostFile.SetNonBlocking(terminal);
        }

        CloseTheirs();
    }

    /// <summary>Takes input for the program; there is room for one message at a time. What comes after its end is dropped, as of a terminal that nobody reads.</summary>
    internal void Input(ReadOnlySpan<byte> bytes)
    {
        if (_inputOpen && !_inputEnding && TakesInput)
        {
            if (_pending.Length == 0)
            {
                _pending = new byte[AttachServer.ChunkSize];
            }

            bytes.CopyTo(_pending);
            _pendingStart = 0;
            _pendingEnd = bytes.Length;
        }
    }

    /// <summary>After what was given, the program reads the end. A terminal has none.</summary>
    internal void EndInput()
    {
        _inputEnding = _input is not null;
        CloseInputIfDone();
    }

    internal void Resize(TerminalSize size)
    {
        if (_terminal is not null && size.Rows > 0 && size.Columns > 0)
        {
            Terminal.Resize(_terminal, size);
        }
    }

    /// <summary>Adds what there is to wait for.</summary>
    internal void Join(Poll poll)
    {
        _outputEntry = _outputOpen ? poll.Add(Output, Events()) : -1;
        _errorEntry = _errorsOpen ? poll.Add(_errors!) : -1;
        _inputEntry = !_inputOpen ? -1 : _terminal is not null ? _outputEntry : poll.Add(_input!, TakesInput ? (short)0 : Poll.Writable);
    }

    /// <summary>Writes the program's input, and hands on what it has put out since <see cref="Join"/>.</summary>
    /// <param name="buffer">Where output is put, behind one byte of room.</param>
    /// <param name="handOn">Gets the room and the output.</param>
    internal void Carry(Poll poll, byte[] buffer, OutputHandler handOn)
    {
        if (_inputEntry >= 0 && !TakesInput && poll.IsWritable(_inputEntry))
        {
            WriteInput();
        }
        else if (_inputEntry >= 0 && _input is not null && poll.IsHungUp(_inputEntry))
        {
            CloseInput(); // the program has closed it
        }

        if (_outputEntry >= 0 && poll.IsReadable(_outputEntry))
        {
            _outputOpen = Read(Output, AttachedStreams.Output, buffer, handOn);
        }

        if (_errorEntry >= 0 && poll.IsReadable(_errorEntry))
        {
            _errorsOpen = Read(_errors!, AttachedStreams.ErrorOutput, buffer, handOn);
        }
    }

    /// <summary>
    /// Hands on what can be read without waiting, after the program's end: others may hold its streams open for ever, and write to them
    /// for ever, but no more than pipes hold was there at the end.
    /// </summary>
    internal void Drain(byte[] buffer, OutputHandler handOn)
    {
        CloseInput();
        Poll poll = new();
        long end = Environment.TickCount64 + MostDrainMilliseconds;
        do
        {
            poll.Clear();
            Join(poll);
            if (poll.Wait(0) == 0)
            {
                return;
            }

            Carry(poll, buffer, handOn);
        }
        while (!OutputEnded && Environment.TickCount64 < end);
    }

    public void Dispose()
    {
        _input?.Dispose();
        _output?.Dispose();
        _errors?.Dispose();
        CloseTheirs();
    }

    private FileDescriptor Output => _terminal ?? _output!;

    private short Events() => _terminal is not null && !TakesInput ? (short)(Poll.Readable | Poll.Writable) : Poll.Readable;

    private void CloseTheirs()
    {
        ForProgram.Input.Dispose();
        ForProgram.Output.Dispose();
        ForProgram.Error.Dispose();
    }

    private static bool Read(FileDescriptor source, AttachedStreams stream, byte[] buffer, OutputHandler handOn)
    {
        try
        {
            int count = HostFile.Read(source, buffer.AsSpan(1), "output");
            if (count > 0)
            {
                handOn(buffer.AsSpan(0, count + 1), stream);
            }

            return count > 0;
        }
        catch (SyscallException end) when (end is { Errno: Errno.EIO, Call: "read" })
        {
            return false; // a terminal that no program has open any more
        }
        catch (SyscallException none) when (none.Errno == Errno.EAGAIN)
        {
            return true;
        }
    }

    private void WriteInput()
    {
        FileDescriptor target = _terminal ?? _input!;
        int chunk = Math.Min(_pendingEnd - _pendingStart, _terminal is null ? PipeChunk : TerminalChunk);
        Errno error = HostFile.TryWrite(target, _pending.AsSpan(_pendingStart, chunk), out int written);
        if (error is not (0 or Errno.EAGAIN))
        {
            CloseInput();
            return;
        }

        _pendingStart += written;
        CloseInputIfDone();
    }

    private void CloseInputIfDone()
    {
        if (_inputEnding && TakesInput)
        {
            CloseInput();
        }
    }

    private void CloseInput()
    {
        if (_terminal is null)
        {
            _inputOpen = false;
            _input?.Dispose();
        }

        _pendingStart = _pendingEnd;
    }
}

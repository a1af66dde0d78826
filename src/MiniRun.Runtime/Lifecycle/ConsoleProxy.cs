using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>Makes the caller's terminal the window onto the program's: raw mode here, bytes both ways, sizes passed on. Disposing restores the caller's terminal.</summary>
internal sealed class ConsoleProxy : IDisposable
{
    // The kernel reports a terminal as writable when it takes at least 256 more bytes.
    private const int InputChunk = 256;

    private readonly FileDescriptor _master;
    private readonly FileDescriptor _input = FileDescriptor.Borrow(0);
    private readonly FileDescriptor _output = FileDescriptor.Borrow(1);
    private readonly RawMode? _rawMode;
    private readonly byte[] _outputBuffer = new byte[16384];
    private readonly KeySequence _leavingKeys;
    private readonly byte[] _typed = new byte[InputChunk];
    private readonly byte[] _pendingInput;
    private int _pending;
    private int _masterEntry;
    private int _inputEntry;
    private bool _inputEnded;
    private bool _outputEnded;

    /// <param name="master">The program's terminal.</param>
    /// <param name="leavingKeys">What is typed to leave it; may be empty.</param>
    public ConsoleProxy(FileDescriptor master, IReadOnlyList<byte> leavingKeys)
    {
        _master = master;
        _leavingKeys = new KeySequence(leavingKeys);
        _pendingInput = new byte[InputChunk + leavingKeys.Count];
        Resize();
        _rawMode = Terminal.Is(_input) ? Terminal.EnterRawMode(_input) : null;
    }

    /// <summary>Whether the leaving keys were typed.</summary>
    public bool Left { get; private set; }

    /// <summary>Adds what is to be watched.</summary>
    public void Join(Poll poll)
    {
        _masterEntry = poll.Add(_master);
        _inputEntry = poll.Add(_input);
    }

    /// <summary>Carries what has come, and says what to wait for next.</summary>
    public void Carry(Poll poll)
    {
        if (!_outputEnded && poll.IsReadable(_masterEntry) && !CopyOutput())
        {
            _outputEnded = true;
            poll.Remove(_masterEntry);
        }

        if (_pending > 0 && !_outputEnded && poll.IsWritable(_masterEntry))
        {
            WriteInput();
        }
        else if (_pending == 0 && !_inputEnded && poll.IsReadable(_inputEntry))
        {
            ReadInput();
        }

        if (!_outputEnded)
        {
            poll.Change(_masterEntry, _pending > 0 ? (short)(Poll.Readable | Poll.Writable) : Poll.Readable);
        }

        if (_pending > 0 || _inputEnded)
        {
            poll.Remove(_inputEntry);
        }
        else
        {
            poll.Restore(_inputEntry);
        }
    }

    /// <summary>Carries the last output after the program's end.</summary>
    public void Drain()
    {
        Poll poll = new();
        int entry = poll.Add(_master);
        while (!_outputEnded && poll.Wait(0) > 0 && poll.HasInput(entry))
        {
            _outputEnded = !CopyOutput();
        }
    }

    /// <summary>The size of the caller's terminal; null where it has none.</summary>
    internal static ConsoleSize? CallersSize()
    {
        using var input = FileDescriptor.Borrow(0);
        return Terminal.Is(input) && Terminal.Size(input) is { Rows: > 0, Columns: > 0 } size ? new ConsoleSize(size.Rows, size.Columns) : null;
    }

    /// <summary>Gives the program's terminal the size of the caller's.</summary>
    public void Resize()
    {
        if (!Terminal.Is(_input))
        {
            return;
        }

        TerminalSize size = Terminal.Size(_input);
        if (size.Rows > 0 && size.Columns > 0)
        {
            Terminal.Resize(_master, size);
        }
    }

    public void Dispose()
    {
        _rawMode?.Dispose();
        _input.Dispose();
        _output.Dispose();
    }

    /// <summary>False at the end: a master whose other side is closed by all gives EIO.</summary>
    private bool CopyOutput()
    {
        try
        {
            int count = HostFile.Read(_master, _outputBuffer, "terminal");
            HostFile.WriteAll(_output, _outputBuffer.AsSpan(0, count), "standard output");
            return count > 0;
        }
        catch (SyscallException e) when (e.Errno == Errno.EIO && e.Call == "read")
        {
            return false;
        }
    }

    private void ReadInput()
    {
        int count = HostFile.Read(_input, _typed, "standard input");
        _inputEnded = count == 0;
        _pending = _leavingKeys.Filter(_typed.AsSpan(0, count), _pendingInput, out bool left);
        Left = left;
        if (left)
        {
            WriteWhatFits();
        }
    }

    /// <summary>What was typed before the leaving keys is the program's, as far as it takes it without waiting.</summary>
    private void WriteWhatFits()
    {
        Poll poll = new();
        int entry = poll.Add(_master, Poll.Writable);
        while (_pending > 0 && poll.Wait(0) > 0 && poll.IsWritable(entry))
        {
            WriteInput();
        }
    }

    private void WriteInput()
    {
        int written = HostFile.WriteOnce(_master, _pendingInput.AsSpan(0, Math.Min(_pending, InputChunk)), "terminal");
        _pendingInput.AsSpan(written, _pending - written).CopyTo(_pendingInput);
        _pending -= written;
    }
}

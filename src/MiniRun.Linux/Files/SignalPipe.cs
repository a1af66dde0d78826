using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>
/// Signals of this process as bytes to read. signalfd(2) is no use in .NET: its other threads do not block the signals and
/// would take them. So a handler in C (native-shims/spawn) writes each signal's number to a pipe.
/// </summary>
public sealed class SignalPipe : IDisposable
{
    private readonly Pipe _pipe;

    private SignalPipe(Pipe pipe)
    {
        _pipe = pipe;
    }

    /// <summary>Readable when signals have come.</summary>
    public FileDescriptor Descriptor => _pipe.ReadEnd;

    /// <summary>From now on catches these signals; the handlers stay for the process's life. One at a time.</summary>
    /// <exception cref="SyscallException">EINVAL: a signal that cannot be caught.</exception>
    public static unsafe SignalPipe Open(ReadOnlySpan<int> signals)
    {
        Pipe pipe = Pipe.Create(nonBlocking: true);
        int result;
        fixed (int* start = signals)
        {
            result = SpawnShim.minirun_forward_signals(start, (nuint)signals.Length, pipe.WriteEnd.Number);
        }

        KernelCall.Check(result, "sigaction", "");
        return new SignalPipe(pipe);
    }

    /// <summary>The next signal's number, or 0 where none is waiting.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public unsafe int Next()
    {
        byte number;
        nint result;
        do
        {
            result = Libc.read(_pipe.ReadEnd, &number, 1);
        }
        while (KernelCall.Interrupted(result));

        if (result == -1 && KernelCall.LastError == Errno.EAGAIN)
        {
            return 0;
        }

        return KernelCall.Check(result, "read", "signal pipe") == 1 ? number : 0;
    }

    /// <summary>Closes the reading end only: the handler may still write, and its descriptor's number must not become another's.</summary>
    public void Dispose() => _pipe.ReadEnd.Dispose();
}

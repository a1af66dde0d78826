using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>A terminal in raw mode; disposing restores what it was before.</summary>
public sealed class RawMode : IDisposable
{
    private readonly FileDescriptor _terminal;
    private readonly termios _before;
    private bool _restored;

    internal RawMode(FileDescriptor terminal, termios before)
    {
        _terminal = terminal;
        _before = before;
    }

    /// <summary>Restores the modes. The terminal may be gone by now, so failures are not reported.</summary>
    public unsafe void Dispose()
    {
        if (_restored)
        {
            return;
        }

        _restored = true;
        termios before = _before;
        Libc.ioctl(_terminal, Libc.TCSETSW, &before);
    }
}

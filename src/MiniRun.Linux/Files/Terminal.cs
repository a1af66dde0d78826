using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>A terminal's modes and size.</summary>
public static unsafe class Terminal
{
    /// <summary>Whether a descriptor is a terminal.</summary>
    public static bool Is(FileDescriptor descriptor) => Libc.isatty(descriptor) == 1;

    /// <summary>Rows and columns.</summary>
    /// <exception cref="SyscallException">ENOTTY: not a terminal.</exception>
    public static TerminalSize Size(FileDescriptor terminal)
    {
        winsize size;
        int result = Libc.ioctl(terminal, Libc.TIOCGWINSZ, &size);
        KernelCall.Check(result, "ioctl", "TIOCGWINSZ");
        return new TerminalSize(size.ws_row, size.ws_col);
    }

    /// <summary>Sets rows and columns; the programs on the terminal get SIGWINCH.</summary>
    /// <exception cref="SyscallException">ENOTTY: not a terminal.</exception>
    public static void Resize(FileDescriptor terminal, TerminalSize size)
    {
        winsize raw = new() { ws_row = size.Rows, ws_col = size.Columns };
        int result = Libc.ioctl(terminal, Libc.TIOCSWINSZ, &raw);
        KernelCall.Check(result, "ioctl", "TIOCSWINSZ");
    }

    /// <summary>Passes every byte through as it comes (cfmakeraw), until the returned object is disposed.</summary>
    /// <exception cref="SyscallException">ENOTTY: not a terminal.</exception>
    public static RawMode EnterRawMode(FileDescriptor terminal)
    {
        termios before;
        int got = Libc.ioctl(terminal, Libc.TCGETS, &before);
        KernelCall.Check(got, "ioctl", "TCGETS");
        termios raw = before;
        // termios(3), cfmakeraw: IGNBRK BRKINT PARMRK ISTRIP INLCR IGNCR ICRNL IXON; OPOST; ECHO ECHONL ICANON ISIG IEXTEN; CSIZE PARENB → CS8.
        raw.c_iflag &= ~0x5ebU;
        raw.c_oflag &= ~1U;
        raw.c_lflag &= ~0x804bU;
        raw.c_cflag = (raw.c_cflag & ~0x130U) | 0x30U;
        raw.c_cc[5] = 0;
        raw.c_cc[6] = 1;
        int set = Libc.ioctl(terminal, Libc.TCSETSW, &raw);
        KernelCall.Check(set, "ioctl", "TCSETSW");
        return new RawMode(terminal, before);
    }
}

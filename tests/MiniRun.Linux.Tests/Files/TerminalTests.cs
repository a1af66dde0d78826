using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Tests.Files;

public class TerminalTests
{
    [Fact]
    public void A_terminal_is_told_from_a_file()
    {
        using FileDescriptor master = HostFile.Open("/dev/ptmx", OpenFlags.O_RDWR | OpenFlags.O_NOCTTY);
        using FileDescriptor file = HostFile.Open("/dev/null", OpenFlags.O_RDWR);
        Assert.True(Terminal.Is(master));
        Assert.False(Terminal.Is(file));
        Assert.Equal(Errno.ENOTTY, Assert.Throws<SyscallException>(() => Terminal.Size(file)).Errno);
    }

    [Fact]
    public void A_size_that_was_set_is_read_back()
    {
        using FileDescriptor master = HostFile.Open("/dev/ptmx", OpenFlags.O_RDWR | OpenFlags.O_NOCTTY);
        Terminal.Resize(master, new TerminalSize(33, 101));
        Assert.Equal(new TerminalSize(33, 101), Terminal.Size(master));
    }

    [Fact]
    public unsafe void Raw_mode_switches_echo_and_signals_off_and_disposing_restores_all()
    {
        using FileDescriptor master = HostFile.Open("/dev/ptmx", OpenFlags.O_RDWR | OpenFlags.O_NOCTTY);
        termios before = Modes(master);
        using (Terminal.EnterRawMode(master))
        {
            // ECHO, ICANON, ISIG (lflag); OPOST (oflag); ICRNL (iflag).
            termios raw = Modes(master);
            Assert.Equal((0U, 0U, 0U), (raw.c_lflag & 0xbU, raw.c_oflag & 1U, raw.c_iflag & 0x100U));
        }

        termios after = Modes(master);
        Assert.Equal((before.c_iflag, before.c_oflag, before.c_cflag, before.c_lflag), (after.c_iflag, after.c_oflag, after.c_cflag, after.c_lflag));
    }

    private static unsafe termios Modes(FileDescriptor terminal)
    {
        termios modes;
        KernelCall.Check(Libc.ioctl(terminal, Libc.TCGETS, &modes), "ioctl", "TCGETS");
        return modes;
    }
}

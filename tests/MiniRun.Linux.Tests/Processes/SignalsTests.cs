using MiniRun.Linux.Processes;

namespace MiniRun.Linux.Tests.Processes;

public class SignalsTests
{
    [Theory]
    [InlineData("TERM", 15)]
    [InlineData("SIGTERM", 15)]
    [InlineData("sigkill", 9)]
    [InlineData("9", 9)]
    [InlineData("64", 64)]
    [InlineData("IOT", 6)]
    [InlineData("SIGRTMIN", 34)]
    [InlineData("RTMIN+3", 37)]
    [InlineData("SIGRTMAX-14", 50)]
    [InlineData("rtmax", 64)]
    public void Names_and_numbers_are_read(string text, int expected)
    {
        Assert.Equal(expected, Signals.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("-9")]
    [InlineData("009")]
    [InlineData("SIG")]
    [InlineData("SIGSIGKILL")]
    [InlineData("RTMIN+31")]
    [InlineData("RTMIN-1")]
    [InlineData("RTMAX-31")]
    [InlineData("RTMIN+")]
    [InlineData("KILLER")]
    public void Anything_else_is_refused_by_name(string text)
    {
        MiniRunException failure = Assert.Throws<MiniRunException>(() => Signals.Parse(text));
        Assert.Contains($"'{text}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_signals_name_reads_back()
    {
        for (int signal = 1; signal <= Signals.SIGRTMAX; signal++)
        {
            if (signal is not (32 or 33))
            {
                Assert.Equal(signal, Signals.Parse(Signals.Name(signal)));
            }
        }
    }

    [Theory]
    [InlineData("RLIMIT_NOFILE", 7)]
    [InlineData("nofile", 7)]
    [InlineData("core", 4)]
    [InlineData("RLIMIT_RTTIME", 15)]
    public void Resource_limits_are_found_by_name(string name, int expected)
    {
        Assert.True(ResourceLimits.TryParse(name, out int resource));
        Assert.Equal(expected, resource);
    }

    [Theory]
    [InlineData("")]
    [InlineData("RLIMIT_")]
    [InlineData("files")]
    [InlineData("?")]
    public void Resource_limits_that_do_not_exist_are_not_found(string name)
    {
        Assert.False(ResourceLimits.TryParse(name, out _));
    }

    [Fact]
    public void The_current_limit_is_what_the_kernel_says()
    {
        (ulong soft, ulong hard) = ResourceLimits.Current(7);
        string line = File.ReadLines("/proc/self/limits").Single(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        Assert.Equal([$"{soft}", $"{hard}"], line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2]);
    }
}

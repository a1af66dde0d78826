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
    [InlineData("RLIMIT_CORE", 4)]
    [InlineData("RLIMIT_RTTIME", 15)]
    [InlineData("", -1)]
    [InlineData("RLIMIT_", -1)]
    [InlineData("nofile", -1)]
    public void Resource_limits_have_the_kernels_names(string name, int expected) => Assert.Equal(expected, ResourceLimits.NumberOf(name));
}

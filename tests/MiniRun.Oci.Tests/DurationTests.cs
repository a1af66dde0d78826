using MiniRun.Oci.Grammar;

namespace MiniRun.Oci.Tests;

public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("5s", 5000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1.5s", 1500)]
    [InlineData("1h", 3_600_000)]
    public void Go_durations_are_read(string text, int milliseconds)
    {
        Assert.Equal(milliseconds, Duration.Milliseconds(text, "interval"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("0s")]
    [InlineData("1 s")]
    [InlineData("99999h")]
    [InlineData("1.2.3s")]
    public void Anything_else_is_refused(string text)
    {
        Assert.Throws<UsageException>(() => Duration.Milliseconds(text, "interval"));
    }
}

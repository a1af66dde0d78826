using MiniRun.Cli.Output;

namespace MiniRun.Cli.Tests;

public sealed class OutputTests
{
    [Theory]
    [InlineData(0.5, "Less than a second")]
    [InlineData(1.5, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(90, "About a minute")]
    [InlineData(3599, "59 minutes")]
    [InlineData(3600, "About an hour")]
    [InlineData(86400, "24 hours")]
    [InlineData(864000, "10 days")]
    public void A_duration_is_said_as_docker_says_it(double seconds, string text) => Assert.Equal(text, HumanDuration.Of(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void An_error_is_one_line_whatever_its_message()
    {
        using var error = new StringWriter();
        ErrorReport.Print(error, "first\nsecond");
        Assert.Equal("minirun: first second\n", error.ToString());
    }
}

using MiniRun.Cli.Output;
using MiniRun.Engine.Build;
using MiniRun.Linux.Files;

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

    [Theory]
    [InlineData("xterm", null, true)]
    [InlineData("xterm", "", true)]
    [InlineData("xterm", "1", false)]
    [InlineData("dumb", null, false)]
    [InlineData("", null, false)]
    [InlineData(null, null, false)]
    public void Colours_are_for_terminals_that_know_them_and_not_with_no_color(string? term, string? noColor, bool wanted) =>
        Assert.Equal(wanted, Colors.AreWanted(name => name == "TERM" ? term : name == "NO_COLOR" ? noColor : null));

    [Theory]
    [InlineData(true, "\e[1m[1/2] RUN x\e[0m\n\e[36m[1/2] CACHED\e[0m\n")]
    [InlineData(false, "[1/2] RUN x\n[1/2] CACHED\n")]
    public void A_build_is_coloured_where_colours_are_wanted(bool isColored, string text)
    {
        using var error = new StringWriter();
        BuildObserver observer = new BuildOutput(error, isColored).Observer();
        BuildStep step = new(1, 2, "", "RUN x");
        observer.Started!(step);
        observer.Ended!(step, BuildStepOutcome.Cached);
        Assert.Equal(text, error.ToString());
    }

    [Fact]
    public void A_screen_is_drawn_over_and_cut_to_the_window()
    {
        using var output = new StringWriter();
        Screen screen = new(output, () => new TerminalSize(3, 80));
        screen.Show("a\nb\nc\n");
        Assert.Equal("\e[2J\e[Ha\e[K\nb\e[K\n\e[J", output.ToString());
    }
}

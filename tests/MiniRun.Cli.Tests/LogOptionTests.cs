using MiniRun.Cli.CommandLine;
using MiniRun.Cli.Commands;
using MiniRun.Cli.Output;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine.Logs;
using MiniRun.Engine.Options;

namespace MiniRun.Cli.Tests;

public sealed class LogOptionTests
{
    private static LogOptions Read(params string[] words)
    {
        DockerCommand command = new("run", "", "");
        LogOptionSet options = new();
        command.Add(options.Group);
        return options.Read(CommandRunner.Read(command, words, new Terminal(TextWriter.Null, TextWriter.Null)).Values);
    }

    [Fact]
    public void The_log_options_are_read()
    {
        Assert.Equal(new LogOptions(), Read());
        Assert.Equal(new LogOptions { MaxSize = 10_000_000, MaxFile = 3 }, Read("--log-opt", "max-size=10m", "--log-opt=max-file=3"));
        Assert.Equal(LogDriver.None, Read("--log-driver=none").Driver);
    }

    [Theory]
    [InlineData("all", null)]
    [InlineData("-1", null)]
    [InlineData("0", 0L)]
    [InlineData("12", 12L)]
    public void A_tail_is_a_number_or_all(string text, long? lines) => Assert.Equal(lines, LogsCommand.Tail(text, "--tail"));

    [Fact]
    public void Another_tail_is_refused() =>
        Assert.Contains("invalid argument \"some\" for --tail: give a number of lines, or all", Assert.Throws<OptionException>(() => LogsCommand.Tail("some", "--tail")).Message);
}

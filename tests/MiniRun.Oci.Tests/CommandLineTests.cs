using MiniRun.Oci.Grammar;

namespace MiniRun.Oci.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("run -b /bundle c1")]
    [InlineData("run --bundle /bundle c1")]
    [InlineData("run --bundle=/bundle c1")]
    [InlineData("run -b=/bundle c1")]
    [InlineData("run c1 -b /bundle")]
    [InlineData("run c1 --bundle=/bundle")]
    [InlineData("run -bundle /bundle c1")]
    public void Options_are_read_before_and_after_the_id_and_with_or_without_an_equals_sign(string line)
    {
        Invocation read = Parse(line);

        Assert.Equal("run", read.Verb!.Name);
        Assert.Equal("/bundle", read.Options.Text("bundle"));
        Assert.Equal("c1", read.Id.Value);
    }

    [Theory]
    [InlineData("--root /r --log /l.json --log-format json create --bundle /b --pid-file /b/init.pid c1")]
    [InlineData("--root=/r --log=/l.json --log-format=json create --bundle=/b --pid-file=/b/init.pid c1")]
    public void What_containerd_calls_is_understood(string line)
    {
        Invocation read = Parse(line);

        Assert.Equal("/r", read.Global.Text("root"));
        Assert.Equal("/l.json", read.Global.Text("log"));
        Assert.Equal("json", read.Global.Text("log-format"));
        Assert.Equal("/b/init.pid", read.Options.Text("pid-file"));
    }

    [Fact]
    public void After_the_id_of_exec_everything_belongs_to_the_command()
    {
        Invocation read = Parse("exec -t c1 sh -c --tty -d");

        Assert.True(read.Options.Has("tty"));
        Assert.False(read.Options.Has("detach"));
        Assert.Equal(["c1", "sh", "-c", "--tty", "-d"], read.Arguments);
    }

    [Fact]
    public void Two_dashes_end_the_options()
    {
        Assert.Equal(["-x"], Parse("start -- -x").Arguments);
    }

    [Fact]
    public void An_option_given_often_keeps_all_its_values_and_the_last_one_counts()
    {
        Invocation read = Parse("exec -e A=1 --env B=2 --cwd / --cwd /tmp c1 env");

        Assert.Equal(["A=1", "B=2"], read.Options.All("env"));
        Assert.Equal("/tmp", read.Options.Text("cwd"));
    }

    [Theory]
    [InlineData("run --nonsense c1", "flag provided but not defined: --nonsense")]
    [InlineData("--nonsense run c1", "flag provided but not defined: --nonsense")]
    [InlineData("nonsense", "unknown command \"nonsense\"")]
    [InlineData("run", "\"run\" requires exactly 1 argument(s)")]
    [InlineData("start a b", "\"start\" requires exactly 1 argument(s)")]
    [InlineData("kill", "\"kill\" requires a minimum of 1 argument(s)")]
    [InlineData("run c1 --bundle", "flag needs an argument: --bundle")]
    public void A_wrong_command_line_is_named(string line, string message)
    {
        UsageException e = Assert.Throws<UsageException>(() => Parse(line));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("99999999999")]
    public void A_number_that_is_none_is_refused(string text)
    {
        Invocation read = Parse($"run --preserve-fds={text} c1");

        Assert.Contains("whole number", Assert.Throws<UsageException>(() => read.Options.Number("preserve-fds", 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_verb_that_help_names_exists()
    {
        foreach (string name in VerbTable.Names())
        {
            Assert.Equal(name, VerbTable.Find(name)?.Name);
        }
    }

    private static Invocation Parse(string line) => CommandLine.Parse(line.Split(' '));
}

using MiniRun.Cli.Output;

namespace MiniRun.Cli.Tests;

public sealed class ProgramTests
{
    private static (int ExitCode, string Out, string Error) Run(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = Program.Run(words, new Terminal(output, error));
        return (exitCode, output.ToString(), error.ToString());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("")]
    public void The_overview_lists_every_command(string word)
    {
        (int exitCode, string help, string error) = word.Length == 0 ? Run() : Run(word);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.All(["run", "exec", "explain", "ps", "kill", "rm", "version", "oci", "--log-level", "--data-root"], part => Assert.Contains(part, help));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("exec")]
    [InlineData("explain")]
    [InlineData("ps")]
    [InlineData("logs")]
    [InlineData("kill")]
    [InlineData("rm")]
    [InlineData("version")]
    public void Every_command_has_help_of_its_own(string command)
    {
        Assert.StartsWith($"Usage: minirun {command}", Run(command, "--help").Out);
        Assert.StartsWith($"Usage: minirun {command}", Run("help", command).Out);
        Assert.Equal(0, Run(command, "--help").ExitCode);
    }

    [Fact]
    public void Short_h_is_help_but_for_run_where_it_is_the_hostname()
    {
        Assert.StartsWith("Usage: minirun ps", Run("ps", "-h").Out);
        Assert.Contains("flag needs an argument: 'h'", Run("run", "-h").Error);
    }

    [Theory]
    [InlineData("volume")]
    [InlineData("volume --help")]
    [InlineData("help volume")]
    public void A_groups_word_alone_lists_its_commands(string line)
    {
        (int exitCode, string output, _) = Run(line.Split(' '));
        Assert.Equal(0, exitCode);
        Assert.Matches("^Volumes:\n  volume create +Make a volume", output);
        Assert.DoesNotContain("Containers", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_is_listed_apart_from_its_summary()
    {
        string help = Run("--help").Out;
        Assert.All(CommandTable.Entries(), entry => Assert.Matches($"\n  {entry.Name} +{System.Text.RegularExpressions.Regex.Escape(entry.Summary)}\n", help));
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("version")]
    public void The_version_is_printed(string word) => Assert.StartsWith("minirun version ", Run(word).Out);

    [Theory]
    [InlineData("volume nonsense", "'volume nonsense' is not a minirun command")]
    [InlineData("nonsense", "'nonsense' is not a minirun command")]
    [InlineData("--nonsense", "unknown flag: --nonsense")]
    [InlineData("run", "requires at least 1 argument")]
    [InlineData("exec web", "requires at least 2 arguments")]
    [InlineData("rm", "requires at least 1 argument")]
    [InlineData("ps --nope", "unknown flag: --nope")]
    [InlineData("explain ps", "takes run or exec")]
    [InlineData("run --cap-add FOO busybox", "invalid argument \"FOO\" for --cap-add")]
    [InlineData("--log-level loud run busybox", "--log-level")]
    [InlineData("--data-root relative run busybox", "--data-root relative")]
    public void Wrong_usage_is_one_line_and_125(string line, string part)
    {
        (int exitCode, string output, string error) = Run(line.Split(' '));
        Assert.Equal(125, exitCode);
        Assert.Equal("", output);
        Assert.Contains(part, error);
        Assert.StartsWith("minirun: ", error);
        Assert.EndsWith("\n", error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public void An_unknown_container_is_1_and_an_unknown_image_125()
    {
        string folder = Directory.CreateTempSubdirectory("minirun-cli-").FullName;
        try
        {
            string[] roots = ["--root", $"{folder}/state", "--data-root", $"{folder}/data"];
            Assert.Equal(1, Run([.. roots, "rm", "nothing"]).ExitCode);
            Assert.Equal(1, Run([.. roots, "kill", "nothing"]).ExitCode);
            Assert.Equal(1, Run([.. roots, "exec", "nothing", "ls"]).ExitCode);
            Assert.Equal(125, Run([.. roots, "run", "no-such-sample"]).ExitCode);
            Assert.Equal((0, "", ""), Run([.. roots, "ps", "-aq"]));
            Assert.StartsWith("CONTAINER ID   IMAGE", Run([.. roots, "ps"]).Out);
            Assert.False(Directory.Exists($"{folder}/data/containers"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_plan_is_explained_without_running_anything()
    {
        string folder = Directory.CreateTempSubdirectory("minirun-cli-").FullName;
        try
        {
            Directory.CreateDirectory($"{folder}/data/samples/tiny/rootfs");
            (int exitCode, string plan, string error) = Run("--data-root", $"{folder}/data", "explain", "run", "--read-only", "--tmpfs", "/tmp:rw", "--cap-drop=ALL", "tiny", "id");
            Assert.Equal((0, ""), (exitCode, error));
            Assert.Contains("root.readonly (--read-only)", plan);
            Assert.Contains("(--tmpfs /tmp:rw)", plan);
            Assert.Contains("--cap-drop ALL", plan);
            (_, string json, _) = Run("--data-root", $"{folder}/data", "explain", "run", "--format", "json", "tiny", "id");
            Assert.StartsWith("{", json);
            Assert.False(Directory.Exists($"{folder}/data/containers"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

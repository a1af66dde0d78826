using System.Diagnostics;
using MiniRun.Cli.Completion;

namespace MiniRun.Cli.Tests.Completion;

public sealed class CandidatesTests
{
    private static string[] Of(params string[] words) => [.. new Candidates(kind => kind == "container" ? ["web", "db"] : kind == "image" ? ["busybox", "web-image"] : []).Of(words).Select(line => line.Split('\t')[0])];

    [Fact]
    public void Commands_come_first()
    {
        Assert.Contains("run", Of(""));
        Assert.Equal(["start", "stop"], Of("st").Where(word => word is "start" or "stop"));
        Assert.Contains("df", Of("system", ""));
        Assert.Contains("run", Of("--log-level", "debug", "ru"));
        Assert.DoesNotContain("monitor", Of("mon"));
    }

    [Fact]
    public void Options_are_the_commands_and_hidden_ones_are_not_told()
    {
        Assert.Contains("--cap-drop", Of("run", "--cap"));
        Assert.DoesNotContain("--publish", Of("run", "--pub"));
        Assert.Contains("--data-root", Of("ps", "--data"));
    }

    [Fact]
    public void Arguments_are_what_the_usage_line_calls_them()
    {
        Assert.Equal(["web"], Of("stop", "w"));
        Assert.Equal(["busybox"], Of("run", "--rm", "b"));
        Assert.Equal(["web"], Of("exec", "-it", "w"));
        Assert.Equal([Candidates.Files], Of("exec", "web", "l"));
        Assert.Equal([Candidates.Files], Of("run", "--name", "x", "busybox", "l"));
    }

    [Fact]
    public void Values_are_what_the_option_takes()
    {
        Assert.Equal(["host"], Of("run", "--pid", "h"));
        Assert.Equal([Candidates.Files], Of("run", "--env-file", ""));
        Assert.Empty(Of("run", "--name", ""));
    }

    [Fact]
    public void Bash_takes_its_script()
    {
        // A function stands for the program: it answers with what it was asked.
        string script = $$"""
            {{ShellScripts.Bash}}
            asked() { printf '%s\tabout\n' "$*"; echo :files; }
            compopt() { echo "files"; }
            COMP_WORDS=(asked run --rm b) COMP_CWORD=3
            _minirun
            printf '<%s>\n' "${COMPREPLY[@]}"
            """;
        using Process bash = Process.Start(new ProcessStartInfo("bash", ["-uc", script]) { RedirectStandardOutput = true })!;
        Assert.Equal("files\n<__complete -- run --rm b>\n", bash.StandardOutput.ReadToEnd());
    }
}

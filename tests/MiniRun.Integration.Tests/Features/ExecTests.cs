using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

[Collection(ContainerTests.Name)]
public sealed class ExecTests(ContainerHost host)
{
    /// <summary>What differs between any two processes of the same kind.</summary>
    private static readonly HashSet<string> Incidental =
    [
        "Name", "Tgid", "Ngid", "Pid", "PPid", "State", "NStgid", "NSpid", "NSpgid", "NSsid", "FDSize", "Threads", "SigQ",
        "VmPeak", "VmSize", "VmLck", "VmPin", "VmHWM", "VmRSS", "RssAnon", "RssFile", "RssShmem", "VmData", "VmStk", "VmExe", "VmLib", "VmPTE", "VmSwap",
        "HugetlbPages", "voluntary_ctxt_switches", "nonvoluntary_ctxt_switches", "SigPnd", "ShdPnd", "TracerPid", "SigCgt", "SigBlk",
    ];

    [Theory]
    [InlineData]
    [InlineData("--user=1000", "--cap-drop=ALL", "--security-opt=no-new-privileges")]
    [InlineData("--user=app", "--group-add=2000", "--umask=027", "--oom-score-adj=100", "--ulimit=nofile=100:200")]
    [InlineData("--userns=private")]
    [InlineData("--privileged")]
    public void An_executed_process_is_what_init_is_field_by_field(params string[] options)
    {
        using RunningProgram container = host.Start(["run", "--rm", "--name=joined", .. options, "busybox", "sh", "-c", "echo ready; while :; do sleep 0.2; done"]);
        container.WaitForOutput("ready");
        ProgramResult compared = host.Run("exec", "joined", "sh", "-c", """
            for p in 1 $$; do
              echo "== $p"; cat /proc/$p/status
              echo "limits: $(cat /proc/$p/limits | tr -s ' \n' ' ')"
              echo "oom_score_adj: $(cat /proc/$p/oom_score_adj)"
              echo "cgroup: $(cat /proc/$p/cgroup)"
              for n in pid mnt uts ipc net cgroup user time; do echo "ns-$n: $(readlink /proc/$p/ns/$n)"; done
            done
            """);
        host.Run("rm", "-f", "joined").Succeeded();

        string[] parts = compared.Succeeded().Split("== ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, parts.Length);
        Dictionary<string, string> init = Fields(parts[0]);
        Dictionary<string, string> joined = Fields(parts[1]);
        Assert.Contains("Seccomp", init.Keys);
        Assert.Contains("ns-pid", init.Keys);
        Assert.Equal(string.Join('\n', init.Select(field => $"{field.Key}={field.Value}")), string.Join('\n', joined.Select(field => $"{field.Key}={field.Value}")));
    }

    [Fact]
    public void Its_options_change_user_folder_environment_and_privilege()
    {
        using RunningProgram container = host.Start("run", "--rm", "--name=options", "-e", "A=image", "busybox", "sh", "-c", "echo ready; while :; do sleep 0.2; done");
        container.WaitForOutput("ready");
        ProgramResult plain = host.Run("exec", "options", "sh", "-c", "id -u; pwd; echo $A");
        ProgramResult changed = host.Run("exec", "-u", "app", "-w", "/tmp", "-e", "A=exec", "options", "sh", "-c", "id -u; pwd; echo $A");
        ProgramResult privileged = host.Run("exec", "--privileged", "options", "sed", "-n", "s/^CapEff:.//p", "/proc/self/status");
        using RunningProgram input = host.Start("exec", "-i", "options", "cat");
        input.Input.Write("through stdin");
        ProgramResult echoed = input.Wait();
        ProgramResult terminal = host.Bash("script -qec \"$MINIRUN exec -it options tty\" /dev/null < /dev/null");
        host.Run("rm", "-f", "options").Succeeded();

        Assert.Equal(["0", "/", "image"], plain.Lines());
        Assert.Equal(["1000", "/tmp", "exec"], changed.Lines());
        Assert.Equal(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("CapBnd:", StringComparison.Ordinal))[8..], privileged.Succeeded());
        Assert.Equal("through stdin", echoed.Succeeded());
        // `script` types a NUL when its own input ends, which the terminal echoes: before the answer or behind it.
        Assert.Matches("^/dev/(pts/[0-9]+|console)$", terminal.Succeeded().Replace("^@", "", StringComparison.Ordinal).Trim());
    }

    [Theory]
    [InlineData(5, "", "sh", "-c", "exit 5")]
    [InlineData(127, "no-such-program", "no-such-program")]
    [InlineData(126, "/etc/passwd", "/etc/passwd")]
    public void It_ends_as_its_program_does(int status, string named, params string[] command)
    {
        using RunningProgram container = host.Start("run", "--rm", "--name=ends", "busybox", "sh", "-c", "echo ready; while :; do sleep 0.2; done");
        container.WaitForOutput("ready");
        ProgramResult result = host.Run(["exec", "ends", .. command]);
        host.Run("rm", "-f", "ends").Succeeded();

        Assert.Equal(status, result.Status);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_that_is_not_there_is_an_error_of_one_line()
    {
        host.Run("exec", "nobody", "true").FailedInOneLine(1, "nobody");
    }

    private static Dictionary<string, string> Fields(string text)
    {
        return text.Split('\n')
            .Select(line => line.Split(':', 2))
            .Where(pair => pair.Length == 2 && !Incidental.Contains(pair[0]))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim());
    }
}

using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>What a monitor keeps of its caller, and what its container is without it.</summary>
[Collection(ContainerTests.Name)]
public sealed class MonitorTests(ContainerHost host)
{
    [Fact]
    public void A_monitor_keeps_nothing_of_its_callers_environment_but_what_it_needs()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string folder = host.NewFolder();
        string file = $"{folder}/variables";
        File.WriteAllText(file, "FROM_FILE=file\nTAKEN\n");
        string id = With([new("SECRET", "s3cret"), new("PASSED", "on"), new("TAKEN", "along"), new("XDG_RUNTIME_DIR", "/run/user/7"), new("MINIRUN_NOFILE", "1")],
            "run", "-d", "--name=quiet", "-e", "PASSED", "-e", "MISSING", "-e", "GIVEN=x", "--env-file", file, "busybox", "sleep", "1000").Succeeded();
        string[] environment = Monitors.EnvironmentOf(id);
        Assert.Contains("XDG_RUNTIME_DIR=/run/user/7", environment);
        Assert.Contains(environment, variable => variable.StartsWith("PATH=", StringComparison.Ordinal));
        Assert.DoesNotContain("MINIRUN_NOFILE=1", environment);
        Assert.All(environment, variable => Assert.Matches("^(PATH|HOME|USER|XDG_DATA_HOME|XDG_RUNTIME_DIR|DBUS_[A-Z_]+|TZ|TMPDIR|MINIRUN_[A-Z_]+)=", variable));

        string[] inside = host.Run("exec", "quiet", "cat", "/proc/1/environ").Succeeded().Split('\0');
        Assert.Superset(new HashSet<string> { "PASSED=on", "TAKEN=along", "FROM_FILE=file", "GIVEN=x" }, inside.ToHashSet());
        Assert.DoesNotContain(inside, variable => variable.StartsWith("MISSING", StringComparison.Ordinal) || variable.StartsWith("MINIRUN_", StringComparison.Ordinal));

        // The variables were the caller's who made it: who starts it again has no say.
        host.Run("stop", "-t", "0", "quiet").Succeeded();
        With([new("MISSING", "late"), new("PASSED", "changed")], "start", "quiet").Succeeded();
        inside = host.Run("exec", "quiet", "cat", "/proc/1/environ").Succeeded().Split('\0');
        Assert.Contains("PASSED=on", inside);
        Assert.DoesNotContain("MISSING=late", inside);
        host.Run("rm", "-f", "quiet").Succeeded();
        Directory.Delete(folder, recursive: true);
        before.AssertUnchanged(host, "a container with variables");
    }

    [Fact]
    public void A_monitor_may_open_as_many_files_as_there_may_be_and_its_program_as_many_as_its_caller()
    {
        string[] ids = host.Bash(
            """
            ulimit -Sn 200; ulimit -Hn 3000
            $MINIRUN run -d --name=few --restart=on-failure:1 --health-cmd='ulimit -n' --health-interval=100ms busybox sh -c 'ulimit -n; ulimit -Hn; [ -e /again ] && sleep 1000; touch /again; exit 1'
            $MINIRUN run -d --name=asked --ulimit nofile=50:60 busybox sh -c 'ulimit -n; ulimit -Hn; sleep 1000'
            """).Lines();
        Eventually.True(() => host.Run("logs", "few").Output == "200\n3000\n200\n3000\n", () => host.Run("logs", "few").ToString());
        Eventually.True(() => host.Run("logs", "asked").Output == "50\n60\n", () => host.Run("logs", "asked").ToString());
        foreach (string id in ids)
        {
            Assert.Matches(@"3000 +3000", Monitors.OpenFilesOf(Monitors.Of(id)));
        }

        Assert.Equal("200", host.Run("exec", "few", "sh", "-c", "ulimit -n").Succeeded());
        Eventually.True(
            () => JsonDocument.Parse(host.Run("inspect", "-f", "{{json .State.Health.Log}}", "few").Succeeded()).RootElement.EnumerateArray().Any(check => check.GetProperty("Output").GetString() == "200\n"),
            () => host.Run("inspect", "few").Output);
        host.Run("rm", "-f", "few", "asked").Succeeded();
    }

    [Fact]
    public void A_seccomp_file_is_read_once()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string folder = host.NewFolder();
        string file = $"{folder}/profile.json";
        string profile = """{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": [ "mkdir", "mkdirat" ], "action": "SCMP_ACT_ERRNO", "errnoRet": 1 } ] }""";
        File.WriteAllText(file, profile);
        string id = host.Run("run", "-d", "--name=filtered", "--security-opt", $"seccomp={file}", "busybox", "sleep", "1000").Succeeded();
        Refused("filtered");
        Assert.Contains($"--security-opt=seccomp={file}", host.Run("inspect", "--as-run", "filtered").Succeeded());

        File.WriteAllText(file, """{ "defaultAction": "SCMP_ACT_ALLOW" }""");
        host.Run("stop", "-t", "0", "filtered").Succeeded();
        host.Run("start", "filtered").Succeeded();
        Refused("filtered");
        string copy = $"{host.Data}/containers/{id}/seccomp.json";
        Assert.Equal(profile, File.ReadAllText(copy));

        File.Delete(file);
        host.Run("stop", "-t", "0", "filtered").Succeeded();
        host.Run("start", "filtered").Succeeded();
        Refused("filtered");
        string words = host.Run("inspect", "--as-run", "filtered").Succeeded();
        Assert.Contains($"--security-opt=seccomp={copy}", words);
        host.Bash(words.Replace("minirun run --name=filtered", "$MINIRUN run --name=like-it", StringComparison.Ordinal)).Succeeded();
        Refused("like-it");
        host.Run("rm", "-f", "filtered", "like-it").Succeeded();
        Directory.Delete(folder, recursive: true);
        before.AssertUnchanged(host, "containers with a seccomp profile of a file");

        void Refused(string name) => Assert.Contains("Operation not permitted", host.Run("exec", name, "mkdir", "/made").Error);
    }

    [Fact]
    public void Without_its_monitor_a_container_that_writes_nothing_runs_on_and_every_command_works()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string id = host.Run("run", "-d", "--name=left", "busybox", "sh", "-c", "echo begun; while [ ! -e /go ]; do sleep 0.05; done; exit 7").Succeeded();
        Eventually.True(() => host.Run("logs", "left").Output == "begun\n", () => "it said nothing");
        Monitors.Kill(id);
        Thread.Sleep(300);
        Assert.Contains("(no monitor)", Row("left"));
        Assert.Equal("running", host.Run("inspect", "-f", "{{.State.Status}}", "left").Succeeded());
        Assert.Equal("begun", host.Run("logs", "left").Succeeded());
        Assert.Equal("in", host.Run("exec", "left", "echo", "in").Succeeded());
        Assert.Contains("sh -c", host.Run("top", "left").Succeeded());
        host.Run("rm", "left").FailedInOneLine(1, "running");
        host.Run("container", "prune", "-f").Succeeded();

        using RunningProgram wait = host.Start("wait", "left");
        Thread.Sleep(200);
        Assert.False(wait.HasExited);
        host.Run("exec", "left", "touch", "/go").Succeeded();
        Assert.Equal("255", wait.Wait().Succeeded()); // 7, but nobody saw it
        Assert.Contains("Exited (255)", Row("left"));
        Assert.Equal("exited 255", host.Run("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", "left").Succeeded());
        Assert.Equal("255", host.Run("wait", "left").Succeeded());
        Assert.Equal("begun", host.Run("logs", "left").Succeeded());
        Assert.Contains(id, host.Run("container", "prune", "-f").Succeeded());
        before.AssertUnchanged(host, "a container that lost its monitor");
    }

    [Theory]
    [InlineData("", "EPIPE")] // process 1 of its own pid namespace: no signal ends it that it does not handle
    [InlineData("--init", "killed")] // any other process gets SIGPIPE
    [InlineData("-t", "EIO")] // a terminal has hung up
    public void Without_its_monitor_a_program_finds_its_output_broken(string option, string expected)
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string folder = host.NewFolder();
        string script = "while echo x; do echo $$ > /out/alive; sleep 0.05; done 2>/out/why; echo ended > /out/end; sleep 1000";
        string id = host.Run(["run", "-d", "--name=writer", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-v", $"{folder}:/out", "busybox", "sh", "-c", script]).Succeeded();
        Eventually.True(() => File.Exists($"{folder}/alive"), () => "it does not write");
        Monitors.Kill(id);
        if (expected == "killed")
        {
            Eventually.True(() => Row("writer").Contains("Exited (255)", StringComparison.Ordinal), () => Row("writer"));
            Assert.False(File.Exists($"{folder}/end"));
        }
        else
        {
            Eventually.True(() => File.Exists($"{folder}/end"), () => "its writes succeed");
            Assert.Contains(expected == "EPIPE" ? "Broken pipe" : "Input/output error", File.ReadAllText($"{folder}/why"));
            Assert.Contains("(no monitor)", Row("writer"));
            host.Run("stop", "-t", "0", "writer").Succeeded();
        }

        host.Run("start", "writer").Succeeded();
        Assert.Contains("Up", Row("writer"));
        Assert.DoesNotContain("no monitor", Row("writer"));
        host.Run("rm", "-f", "writer").Succeeded();
        Directory.Delete(folder, recursive: true);
        before.AssertUnchanged(host, "a writer without its monitor");
    }

    [Fact]
    public void The_end_is_recorded_though_the_disk_is_full()
    {
        using MountedFolder disk = new(host, "-t tmpfs -o size=8m,mode=755 tmpfs");
        Directory.CreateDirectory($"{disk.Path}/samples");
        host.Bash($"cp -r {host.Sample} {disk.Path}/samples/").Succeeded();
        KeyValuePair<string, string>[] there = [new("MINIRUN_DATA", disk.Path)];
        string id = With(there, "run", "-d", "--name=full", "--restart=on-failure:2", "busybox", "sleep", "1000").Succeeded();
        int status = With(there, "exec", "full", "sh", "-c", "cat /dev/zero > /fill").Status;
        Assert.NotEqual(0, status);
        using RunningProgram wait = host.StartWith(there, host.Minirun, "wait", "full");
        With(there, "stop", "-t", "0", "full").Succeeded();
        Assert.Equal("137", wait.Wait().Succeeded());
        Assert.Equal("137", With(there, "wait", "full").Succeeded());
        Assert.Equal("exited 137", With(there, "inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", "full").Succeeded());

        // Again and again.
        foreach (int run in (int[])[1, 2])
        {
            ProgramResult start = With(there, "start", "full");
            if (start.Status == 0)
            {
                Assert.Contains("running", With(there, "inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", "full").Succeeded());
                With(there, "kill", "full").Succeeded();
            }
            else
            {
                Assert.Contains("no space left", start.Error, StringComparison.OrdinalIgnoreCase);
            }

            Assert.Equal("137", With(there, "wait", "full").Succeeded());
        }

        File.WriteAllText($"{disk.Path}/containers/{id}/life.json", "");
        Assert.Equal("255", With(there, "wait", "full").Succeeded());
        Assert.Contains("Exited (255)", With(there, "ps", "-a").Output);
        File.Delete($"{disk.Path}/containers/{id}/life.json");
        Assert.Equal("255", With(there, "wait", "full").Succeeded());
        With(there, "rm", "full").Succeeded();
    }

    private string Row(string name) => host.Run("ps", "-a").Lines().FirstOrDefault(line => line.EndsWith(" " + name, StringComparison.Ordinal), "");

    private ProgramResult With(KeyValuePair<string, string>[] variables, params string[] arguments)
    {
        using RunningProgram program = host.StartWith(variables, host.Minirun, arguments);
        return program.Wait();
    }
}

using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>
/// SIGKILL at every step of init and between every two acts of the launcher, by the test build of the same sources:
/// after `rm -f` nothing is left.
/// </summary>
[Collection(ContainerTests.Name)]
public sealed class FaultTests(ContainerHost host)
{
    private const int MiniRunFailed = 125;
    private const int Killed = 128 + Kernel.SIGKILL;
    private const int MoreStepsThanAnyPlan = 400;

    private const string NoSuchStep = "fault at a step that is not there";

    private static readonly string[] Plain = ["busybox", "sleep", "0.3"];
    private static readonly string[] Mapped = ["--userns=private", "--tmpfs=/t", "--read-only", "--security-opt=no-new-privileges", "-u", "app", "busybox", "sleep", "0.3"];

    [Fact]
    public void Init_killed_at_any_step_leaves_nothing()
    {
        Assert.InRange(DieAtEveryStep("init", Plain, status => status != 0), 30, MoreStepsThanAnyPlan);
    }

    [Fact]
    public void Init_killed_at_any_step_in_a_user_namespace_leaves_nothing()
    {
        Assert.InRange(DieAtEveryStep("init", Mapped, status => status != 0), 30, MoreStepsThanAnyPlan);
    }

    [Fact]
    public void The_launcher_killed_at_any_step_of_init_leaves_nothing()
    {
        Assert.InRange(DieAtEveryStep("launcher-at-step", Plain, status => status == Killed), 30, MoreStepsThanAnyPlan);
    }

    [Fact]
    public void The_launcher_killed_at_any_step_of_init_in_a_user_namespace_leaves_nothing()
    {
        Assert.InRange(DieAtEveryStep("launcher-at-step", Mapped, status => status == Killed), 30, MoreStepsThanAnyPlan);
    }

    [Fact]
    public void A_monitor_killed_at_any_step_of_init_leaves_nothing()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        int step = 0;
        do
        {
            step++;
            Assert.True(step < MoreStepsThanAnyPlan);
            int status = RunDetachedWith($"launcher-at-step:{step}");
            Clear();
            before.AssertUnchanged(host, $"a monitor killed at step {step}");
            Assert.True(status is 0 or Killed, $"step {step}: {status} {LastOutput()}");
            if (status == 0)
            {
                break;
            }
        }
        while (true);

        Assert.InRange(step, 30, MoreStepsThanAnyPlan);
    }

    [Fact]
    public void The_launcher_killed_between_any_two_of_its_acts_leaves_nothing()
    {
        HashSet<string> fired = [];
        Quietly("none", "/bin/true", []);
        foreach (string point in FaultPoints.OfContainers(host))
        {
            string fault = $"launcher:{point}";
            HostSnapshot before = HostSnapshot.Take(host);
            Note(fired, point, RunWith(fault, Plain));
            Clear();
            before.AssertUnchanged(host, $"a run killed at {point}");

            Note(fired, point, RunWith(fault, Mapped));
            Clear();
            before.AssertUnchanged(host, $"a run with a user namespace killed at {point}");

            RunDetachedWith(fault);
            Clear();
            before.AssertUnchanged(host, $"a detached run killed at {point}");

            Note(fired, point, ExecWith(fault));
            before.AssertUnchanged(host, $"an exec killed at {point}");

            Note(fired, point, CreateAndStartWith(fault));
            before.AssertUnchanged(host, $"a create and start killed at {point}");

            Note(fired, point, RemoveWith(fault));
            before.AssertUnchanged(host, $"a removal killed at {point}");
        }

        Assert.Equal([], FaultPoints.OfContainers(host).Except(fired));
    }

    [Fact]
    public void Release_binaries_hold_no_fault_injection()
    {
        string[] words = ["MINIRUN_FAULT", "MINIRUN_WEAKEN", "MINIRUN_RESCTRL", "rooted-paths", "private-procfs", "terminal-by-descriptor", "single-lookup", "undumpable-init", "cleared-inheritable", "early-root", "sealed-init"];
        foreach (string word in words)
        {
            Assert.True(Holds(host.MinirunWithFaults, word), $"{host.MinirunWithFaults} has no {word}: this test looks for the wrong thing");
            Assert.False(Holds(host.Minirun, word), $"{host.Minirun} has {word}");
            Assert.False(Holds(host.MinirunOci, word), $"{host.MinirunOci} has {word}");
        }
    }

    private static bool Holds(string file, string word)
    {
        ReadOnlySpan<byte> content = File.ReadAllBytes(file);
        return content.IndexOf(System.Text.Encoding.UTF8.GetBytes(word)) >= 0 || content.IndexOf(System.Text.Encoding.Unicode.GetBytes(word)) >= 0;
    }

    private static void Note(HashSet<string> fired, string point, int status)
    {
        if (status == Killed)
        {
            fired.Add(point);
        }
    }

    /// <summary>Dies at step 1, 2, … until the plan has no such step; returns how many there were.</summary>
    private int DieAtEveryStep(string who, string[] command, Predicate<int> died)
    {
        RunWith("none", command);
        Clear();
        HostSnapshot before = HostSnapshot.Take(host);
        for (int step = 1; step <= MoreStepsThanAnyPlan; step++)
        {
            int status = RunWith($"{who}:{step}", command);
            Clear();
            before.AssertUnchanged(host, $"{who}:{step}");
            if (LastOutput().Contains(NoSuchStep, StringComparison.Ordinal))
            {
                return step - 1;
            }

            if (!died(status))
            {
                Assert.Equal(0, status);
                return step - 1;
            }
        }

        return MoreStepsThanAnyPlan + 1;
    }

    private string OutputFile => Path.Combine(host.Scratch, "output");

    private int RunWith(string fault, string[] command)
    {
        return Quietly(fault, host.MinirunWithFaults, ["run", "--rm", "--name=faulty", .. command]);
    }

    /// <summary>The launcher is the monitor then; whatever of it dies, `run` says 125, and where `run` itself dies, 137.</summary>
    private int RunDetachedWith(string fault)
    {
        int status = Quietly(fault, host.MinirunWithFaults, ["run", "-d", "--name=faulty", "busybox", "sleep", "0.1"]);
        if (status == 0)
        {
            // It may die at the program's end, which nobody but the next command sees.
            Eventually.Within(TimeSpan.FromSeconds(2), () => !host.Run("ps").Succeeded().Contains("faulty", StringComparison.Ordinal));
        }

        return status == MiniRunFailed ? Killed : status;
    }

    private int ExecWith(string fault)
    {
        using RunningProgram container = host.Start("run", "--name=faulty", "busybox", "sh", "-c", "echo ready; while :; do sleep 0.1; done");
        container.WaitForOutput("ready");
        int status = Quietly(fault, host.MinirunWithFaults, ["exec", "faulty", "sleep", "0.1"]);
        Clear();
        container.Wait();
        return status;
    }

    private int RemoveWith(string fault)
    {
        RunWith("none", Plain);
        int status = Quietly(fault, host.MinirunWithFaults, ["rm", "faulty"]);
        Clear();
        return status;
    }

    /// <summary>create, start, kill and delete by the OCI program; then a delete that no fault disturbs.</summary>
    private int CreateAndStartWith(string fault)
    {
        string oci = host.MinirunWithFaults + "-oci";
        string bundle = host.NewFolder();
        host.Bash($$"""
            cd {{bundle}}
            "{{oci}}" spec
            sed -i 's|"terminal": *true|"terminal": false|; s|"sh"|"sleep", "0.3"|; s|"path": *"rootfs"|"path": "{{host.Sample}}/rootfs"|' config.json
            """).Succeeded();
        int worst = 0;
        foreach (string[] command in (string[][])[["create", "--bundle", bundle, "faulty"], ["start", "faulty"], ["kill", "faulty", "KILL"], ["delete", "faulty"]])
        {
            worst = Math.Max(worst, Quietly(fault, oci, ["--root", host.State, .. command]));
        }

        Quietly("none", oci, ["--root", host.State, "delete", "--force", "faulty"]);
        Directory.Delete(bundle, recursive: true);
        return worst;
    }

    /// <summary>With its output in a file: a container that outlives its launcher must not keep this process waiting.</summary>
    private int Quietly(string fault, string file, string[] arguments)
    {
        using RunningProgram program = host.StartWith(
            [new("MINIRUN_FAULT", fault), new("OUTPUT", OutputFile)], "bash", ["-c", "exec \"$@\" > \"$OUTPUT\" 2>&1 < /dev/null", "quietly", file, .. arguments]);
        return program.Wait().Status;
    }

    private string LastOutput()
    {
        return File.ReadAllText(OutputFile);
    }

    /// <summary>Removes the container by name, and whatever half-made ones ps still knows.</summary>
    private void Clear()
    {
        host.Run("rm", "-f", "faulty");
        foreach (string id in host.Run("ps", "-aq").Lines().Where(id => id.Length > 0))
        {
            host.Run("rm", "-f", id).Succeeded();
        }
    }
}

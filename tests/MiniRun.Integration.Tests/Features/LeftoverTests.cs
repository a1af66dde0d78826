using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

[Collection(ContainerTests.Name)]
public sealed class LeftoverTests(ContainerHost host)
{
    [Fact]
    public void A_thousand_runs_one_after_another_leave_nothing()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        for (int hundred = 0; hundred < 10; hundred++)
        {
            // A shell makes them: what is tested is minirun, not how fast this process starts others.
            Assert.Equal("", host.Bash("for i in $(seq 100); do $MINIRUN run --rm busybox true || echo failed $i; done").Succeeded());
        }

        before.AssertUnchanged(host, "1,000 runs");
    }

    [Fact]
    public void Cgroups_that_a_program_makes_go_with_it_whatever_their_names_are()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        Assert.Equal("made", host.Shell(@"cd /sys/fs/cgroup && bad=$(printf '\377x') && mkdir -p ""$bad/$bad"" && echo made", "--privileged").Succeeded());
        before.AssertUnchanged(host, "a cgroup whose name is no text");
    }

    [Fact]
    public void Fifty_runs_at_once_leave_nothing()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        RunningProgram[] programs = [.. Enumerable.Range(0, 50).Select(number => host.Start("run", "--rm", $"--name=parallel-{number}", "busybox", "sh", "-c", $"sleep 0.2; echo {number}"))];
        string[] outputs = [.. programs.Select(program => program.Wait().Succeeded())];
        foreach (RunningProgram program in programs)
        {
            program.Dispose();
        }

        Assert.Equal(Enumerable.Range(0, 50).Select(number => $"{number}"), outputs);
        before.AssertUnchanged(host, "50 parallel runs");
    }
}

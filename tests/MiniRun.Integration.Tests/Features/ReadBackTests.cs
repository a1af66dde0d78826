using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>A plan that silently lost a protection (the test build leaves its steps out) does not start the program.</summary>
[Collection(ContainerTests.Name)]
public sealed class ReadBackTests(ContainerHost host)
{
    private static readonly string[] Command =
    [
        "run", "--rm", "--name=weakened", "--read-only", "--user=1000", "--group-add=44", "--cap-drop=ALL", "--cap-add=CHOWN", "--security-opt=no-new-privileges",
    ];

    [Fact]
    public void With_every_step_in_place_it_starts()
    {
        Assert.Equal("started", Weakened("").Succeeded());
    }

    [Theory]
    // With a filter the kernel itself would refuse it, for want of no_new_privs.
    [InlineData("NoNewPrivileges", "NoNewPrivs", "--security-opt=seccomp=unconfined")]
    [InlineData("Seccomp", "Seccomp")]
    [InlineData("Identity", "Uid")]
    [InlineData("BoundingSet", "CapBnd")]
    [InlineData("Capabilities", "Cap")]
    [InlineData("MountAttributes", "mount flag")]
    public void A_lost_protection_is_caught_and_named(string kind, string named, params string[] options)
    {
        HostSnapshot before = HostSnapshot.Take(host);
        ProgramResult result = Weakened(kind, options);

        Assert.DoesNotContain("started", result.Output, StringComparison.Ordinal);
        result.FailedInOneLine(125, named);
        before.AssertUnchanged(host, $"a plan without {kind}");
    }

    [Theory]
    [InlineData("Secomp")]
    [InlineData("seccomp")]
    [InlineData("35")]
    [InlineData("Seccomp,rooted-path")]
    public void A_mistyped_weakening_ends_the_start(string words)
    {
        Weakened(words).FailedInOneLine(125, "MINIRUN_WEAKEN");
    }

    private ProgramResult Weakened(string kind, params string[] options)
    {
        using RunningProgram program = host.StartWith([new("MINIRUN_WEAKEN", kind)], host.MinirunWithFaults, [.. Command, .. options, "busybox", "echo", "started"]);
        return program.Wait();
    }
}

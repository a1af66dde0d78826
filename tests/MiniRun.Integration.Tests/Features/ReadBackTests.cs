using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>A plan that silently lost a protection (the test build leaves its steps out) does not start the program.</summary>
[Collection(ContainerTests.Name)]
public sealed class ReadBackTests(ContainerHost host)
{
    private static readonly string[] Command =
    [
        "run", "--rm", "--name=weakened", "--read-only", "--user=1000", "--group-add=44", "--cap-drop=ALL", "--cap-add=CHOWN", "--security-opt=no-new-privileges", "busybox", "echo", "started",
    ];

    [Fact]
    public void With_every_step_in_place_it_starts()
    {
        Assert.Equal("started", Weakened("").Succeeded());
    }

    [Theory]
    [InlineData("NoNewPrivileges", "NoNewPrivs")]
    [InlineData("Seccomp", "Seccomp")]
    [InlineData("Identity", "Uid")]
    [InlineData("BoundingSet", "CapBnd")]
    [InlineData("Capabilities", "Cap")]
    [InlineData("MountAttributes", "read-only")]
    public void A_lost_protection_is_caught_and_named(string kind, string named)
    {
        HostSnapshot before = HostSnapshot.Take(host);
        ProgramResult result = Weakened(kind);

        Assert.DoesNotContain("started", result.Output, StringComparison.Ordinal);
        result.FailedInOneLine(125, named);
        before.AssertUnchanged(host, $"a plan without {kind}");
    }

    private ProgramResult Weakened(string kind)
    {
        using RunningProgram program = host.StartWith([new("MINIRUN_WEAKEN", kind)], host.MinirunWithFaults, Command);
        return program.Wait();
    }
}

using System.Text.Json.Nodes;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Row 38: a protection that was asked for and is lost ends the start. The losses are the proofs.</summary>
[Collection(AttackTests.Name)]
public sealed class RequestedProtectionTests(ContainerHost host)
{
    [Fact]
    public void With_every_step_in_place_minirun_oci_starts()
    {
        Assert.Equal("started", Bundle().RunWithout(host, "").Succeeded());
    }

    [Theory]
    [InlineData("NoNewPrivileges", "NoNewPrivs")]
    [InlineData("Identity", "Uid")]
    [InlineData("BoundingSet", "CapBnd")]
    [InlineData("Capabilities", "Cap")]
    [InlineData("Seccomp", "Seccomp")]
    public void A_lost_protection_ends_the_start_of_minirun_oci(string stepKind, string named)
    {
        using Canaries canaries = new(host);
        OciBundle bundle = Bundle();
        if (stepKind == "Seccomp")
        {
            bundle.Linux["seccomp"] = JsonNode.Parse("""{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["mkdir"], "action": "SCMP_ACT_ERRNO"}]}""");
        }

        ProgramResult result = bundle.RunWithout(host, stepKind);

        Assert.DoesNotContain("started", result.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, result.Status);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    private OciBundle Bundle()
    {
        OciBundle bundle = new(host, "echo started");
        bundle.Config["process"]!["user"] = new JsonObject { ["uid"] = 1000, ["gid"] = 1000 };
        bundle.Config["process"]!["noNewPrivileges"] = true;
        return bundle;
    }
}

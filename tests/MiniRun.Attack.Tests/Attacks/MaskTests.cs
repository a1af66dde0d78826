using System.Text.Json.Nodes;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Row 11, CVE-2025-31133: the image's /dev/null is a symlink, and the runtime mounts what it leads to as the mask.</summary>
[Collection(AttackTests.Name)]
public sealed class MaskTests(ContainerHost host)
{
    [Fact]
    public void A_null_device_that_is_a_symlink_ends_the_start()
    {
        using Canaries canaries = new(host);
        ProgramResult result = Bundle().RunByMinirun(host);

        result.FailedInOneLine(1, "/dev/null");
        Assert.Equal("", result.Output);
    }

    [Fact]
    public void Proof_without_the_step_the_secret_is_seen()
    {
        using Canaries canaries = new(host);
        OciBundle bundle = Bundle();
        File.Delete($"{bundle.Root}/dev/null");

        Assert.Contains("secret", bundle.RunWithout(host, "MaskPath").Output, StringComparison.Ordinal);
        Assert.Equal("1:3", bundle.RunByMinirun(host).Succeeded());
    }

    private OciBundle Bundle()
    {
        OciBundle bundle = new(host, "stat -c %t:%T /secret; cat /secret");
        foreach (JsonNode mount in bundle.Mounts.OfType<JsonNode>().Where(mount => ((string)mount["destination"]!).StartsWith("/dev", StringComparison.Ordinal)).ToArray())
        {
            bundle.Mounts.Remove(mount);
        }

        bundle.Linux["maskedPaths"] = new JsonArray("/secret");
        bundle.Config["root"]!["readonly"] = false;
        File.WriteAllText($"{bundle.Root}/secret", "secret");
        File.WriteAllText($"{bundle.Root}/decoy", "decoy");
        Directory.CreateDirectory($"{bundle.Root}/dev");
        File.Delete($"{bundle.Root}/dev/null");
        File.CreateSymbolicLink($"{bundle.Root}/dev/null", "/decoy");
        return bundle;
    }
}

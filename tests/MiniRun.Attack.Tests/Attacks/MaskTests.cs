using System.Text.Json.Nodes;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Row 11, CVE-2025-31133: the image's /dev/null is a symlink, and the runtime mounts what it leads to as the mask.</summary>
[Collection(AttackTests.Name)]
public sealed class MaskTests(ContainerHost host)
{
    // `minirun run` masks it without being asked.
    private const string Masked = "/proc/interrupts";

    [Fact]
    public void A_null_device_that_is_a_symlink_ends_the_start_of_minirun_oci()
    {
        using Canaries canaries = new(host);
        ProgramResult result = OnImagesDev().Start();

        result.FailedInOneLine(1, "/dev/null");
        Assert.Equal("", result.Output);
    }

    [Fact]
    public void Proof_without_the_step_the_secret_is_seen()
    {
        using Canaries canaries = new(host);
        AttackedContainer container = OnImagesDev();
        File.Delete($"{container.Root}/dev/null");

        Assert.Contains("secret", container.Start(without: "MaskPath").Output, StringComparison.Ordinal);
        Assert.Equal("1:3", container.Start().Succeeded());
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void The_mask_is_the_null_device_whatever_the_image_calls_so(string program)
    {
        using Canaries canaries = new(host);
        Assert.Equal("1:3", WithDecoy(program, Masked).Start().Succeeded());
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Proof_without_the_step_the_file_itself_is_there(string program)
    {
        using Canaries canaries = new(host);
        Assert.NotEqual("1:3", WithDecoy(program, Masked).Start(without: "MaskPath").Output.Trim());
    }

    /// <summary>Nothing is mounted on /dev, as `minirun run` always has something there.</summary>
    private AttackedContainer OnImagesDev()
    {
        AttackedContainer container = WithDecoy(AttackedContainer.Oci, "/secret");
        OciBundle bundle = container.Bundle!;
        bundle.RemoveMounts("/dev");
        bundle.Linux["maskedPaths"] = new JsonArray("/secret");
        File.WriteAllText($"{container.Root}/secret", "secret");
        return container;
    }

    private AttackedContainer WithDecoy(string program, string path)
    {
        AttackedContainer container = new(host, program, $"stat -c %t:%T {path}; head -c 100 {path}");
        File.WriteAllText($"{container.Root}/decoy", "decoy");
        return container.Link("/dev/null", "/decoy");
    }
}

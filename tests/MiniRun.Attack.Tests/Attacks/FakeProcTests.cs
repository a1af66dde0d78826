using System.Text.Json.Nodes;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Rows 2 and 13, CVE-2019-16884 and CVE-2025-52881: something else than procfs stands on /proc and takes what is written for the kernel.</summary>
[Collection(AttackTests.Name)]
public sealed class FakeProcTests(ContainerHost host)
{
    [Theory]
    [InlineData(AttackedContainer.Oci, "/proc")]
    [InlineData(AttackedContainer.Run, "/proc")]
    [InlineData(AttackedContainer.Oci, "//proc/../proc/.")]
    [InlineData(AttackedContainer.Run, "/sys/../proc")]
    [InlineData(AttackedContainer.Oci, "/proc/self/attr")]
    [InlineData(AttackedContainer.Run, "/proc/self/attr")]
    [InlineData(AttackedContainer.Oci, "/proc/sys/net")]
    [InlineData(AttackedContainer.Run, "/proc/sys/net")]
    public void Nothing_but_procfs_is_mounted_on_or_below_proc(string program, string destination)
    {
        using Canaries canaries = new(host);
        AttackedContainer inMemory = new AttackedContainer(host, program, "echo started").Tmpfs(destination);
        AttackedContainer bound = new(host, program, "echo started");
        bound.Bind(bound.Folder, destination);

        foreach (ProgramResult result in (ProgramResult[])[inMemory.Start(), bound.Start()])
        {
            Assert.NotEqual(0, result.Status);
            Assert.Equal("", result.Output);
            Assert.Contains("/proc", result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("apparmorProfile", "docker-default")]
    [InlineData("selinuxLabel", "system_u:system_r:container_t:s0")]
    public void A_label_that_could_get_lost_is_refused_not_ignored(string field, string label)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = new(host, AttackedContainer.Oci, "echo started");
        container.Bundle!.Config["process"]![field] = label;

        container.Start().FailedInOneLine(1, field);
        host.Run("run", "--rm", "--security-opt=apparmor=docker-default", "busybox", "true").FailedInOneLine(125, "apparmor");
        host.Run("run", "--rm", "--security-opt=label=type:container_t", "busybox", "true").FailedInOneLine(125, "label");
    }

    [Fact]
    public void What_is_written_goes_through_a_procfs_that_is_attached_nowhere_as_the_trace_shows()
    {
        using Canaries canaries = new(host);
        string[] trace = host.Run("run", "--rm", "--trace", "--sysctl=net.ipv4.ip_forward=1", "busybox", "true").Error.Split('\n');
        string slot = trace.Single(line => line.Contains("fsopen(\"proc\")", StringComparison.Ordinal) && line.Contains("attached nowhere", StringComparison.Ordinal)).Split("→ ")[1].Split(' ')[0];

        Assert.Contains(slot, trace.Single(line => line.Contains("ip_forward", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Proof_runc_1_1_5_starts_and_loses_the_sysctl()
    {
        using Canaries canaries = new(host);
        AttackedContainer container = OnCopiedProc();
        string[] lines = container.Bundle!.RunBy(host, "runc").Lines();

        // Written to the copy of the image's own file; the kernel's value is as it was.
        Assert.Equal(["fake: 1", "kernel's: 0"], lines);
    }

    [Fact]
    public void The_same_is_refused_by_minirun_oci()
    {
        using Canaries canaries = new(host);
        ProgramResult result = OnCopiedProc().Start();

        result.FailedInOneLine(1, "only procfs may be mounted on /proc");
        Assert.Equal("", result.Output);
    }

    /// <summary>A /proc in memory, filled with what the image has there: files by the names of the kernel's.</summary>
    private AttackedContainer OnCopiedProc()
    {
        const string File = "sys/net/ipv4/ip_forward";
        AttackedContainer container = new(host, AttackedContainer.Oci, $"echo fake: $(cat /proc/{File}); echo \"kernel's:\" $(cat /real/{File})");
        container.Sysctl("net.ipv4.ip_forward", "1");
        string fake = $"{container.Root}/proc/{File}";
        Directory.CreateDirectory(Path.GetDirectoryName(fake)!);
        System.IO.File.WriteAllText(fake, "0");

        // What runc looks at, and wants to find on procfs, before it executes the program.
        container.Link("/proc/self", "/real/self");
        JsonNode proc = container.Bundle!.Mounts.First(mount => (string)mount!["destination"]! == "/proc")!;
        proc["type"] = "tmpfs";
        proc["source"] = "tmpfs";
        proc["options"] = new JsonArray("tmpcopyup");
        container.Bundle.Mount("""{"destination": "/real", "type": "proc", "source": "proc"}""");

        container.Bundle.Linux["maskedPaths"] = new JsonArray();
        container.Bundle.Linux["readonlyPaths"] = new JsonArray();
        return container;
    }
}

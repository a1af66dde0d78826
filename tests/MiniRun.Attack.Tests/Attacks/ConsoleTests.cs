using System.Text.Json.Nodes;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Row 12, CVE-2025-52565: what is called /dev/pts/N is exchanged before it becomes /dev/console, which then is a file of /proc, not yet protected.</summary>
[Collection(AttackTests.Name)]
public sealed class ConsoleTests(ContainerHost host)
{
    private const int Starts = 1000;
    private const string CorePattern = "/proc/sys/kernel/core_pattern";

    // Major number 136 is a terminal of devpts.
    private const string Terminal = "console 88:";

    private const string Show = "stat -L -c 'console %t:%T' /dev/console";

    [Fact]
    public void The_console_is_the_terminal_or_the_start_fails()
    {
        using Canaries canaries = new(host);
        AttackedContainer container = OnSharedDev();
        using Racer racer = Race(container);
        IReadOnlyList<string> outputs = container.StartRepeatedly(Starts);

        Assert.InRange(racer.Stop(), Starts, long.MaxValue);
        Assert.InRange(outputs.Count, Starts, int.MaxValue);
        Assert.DoesNotContain(outputs, IsAnotherFile);
        string[] refusals = [.. outputs.Where(output => !HasStarted(output))];
        Assert.All(refusals, refusal => Assert.True(refusal.TrimEnd('\n').Split('\n').Length == 1 && refusal.Contains("/dev/", StringComparison.Ordinal), refusal));
        Assert.InRange(refusals.Length, outputs.Count / 50, outputs.Count * 9 / 10);
    }

    [Fact]
    public void Proof_a_console_that_is_bound_by_name_is_another_file()
    {
        using Canaries canaries = new(host);
        AttackedContainer container = OnSharedDev();
        using Racer racer = Race(container);

        Assert.Contains(container.StartRepeatedly(Starts, without: "terminal-by-descriptor", IsAnotherFile), IsAnotherFile);
    }

    [Theory]
    [InlineData(AttackedContainer.Oci, "/dev")]
    [InlineData(AttackedContainer.Run, "/dev")]
    [InlineData(AttackedContainer.Oci, "/dev/pts")]
    [InlineData(AttackedContainer.Run, "/dev/pts")]
    public void A_volume_in_place_of_the_containers_terminals_gives_none(string program, string destination)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = WithTerminal(new AttackedContainer(host, program, "echo started"));
        string pts = Directory.CreateDirectory($"{container.Folder}/volume{destination["/dev".Length..]}" + (destination == "/dev" ? "/pts" : "")).FullName;
        File.CreateSymbolicLink($"{pts}/0", CorePattern);
        File.CreateSymbolicLink($"{pts}/ptmx", CorePattern);
        container.Bind(destination == "/dev" ? $"{container.Folder}/volume" : pts, destination);
        ProgramResult result = container.Start();

        result.FailedInOneLine(program == AttackedContainer.Oci ? 1 : 125, "/dev/pts/ptmx");
        Assert.Equal("", result.Output);
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Control_without_the_volume_the_console_is_the_terminal(string program)
    {
        using Canaries canaries = new(host);
        Assert.Contains(Terminal, WithTerminal(new AttackedContainer(host, program, Show)).Start().Succeeded(), StringComparison.Ordinal);
    }

    private static bool HasStarted(string output) => output.Contains("console ", StringComparison.Ordinal);

    private static bool IsAnotherFile(string output) => HasStarted(output) && !output.Contains(Terminal, StringComparison.Ordinal);

    /// <summary>A /dev that is a shared volume: in it the folder devpts is mounted on changes places with one that has a symlink for a terminal.</summary>
    private AttackedContainer OnSharedDev()
    {
        AttackedContainer container = WithTerminal(new AttackedContainer(host, AttackedContainer.Oci, Show));
        foreach (string folder in (string[])["pts", "decoy"])
        {
            Directory.CreateDirectory($"{container.Folder}/dev/{folder}");
        }

        File.CreateSymbolicLink($"{container.Folder}/dev/decoy/0", CorePattern);
        JsonNode dev = container.Bundle!.Mounts.First(mount => (string)mount!["destination"]! == "/dev")!;
        dev["type"] = "bind";
        dev["source"] = $"{container.Folder}/dev";
        dev["options"] = new JsonArray("bind", "rw");
        return container;
    }

    private static Racer Race(AttackedContainer container) => new(($"{container.Folder}/dev/pts", $"{container.Folder}/dev/decoy"));

    private static AttackedContainer WithTerminal(AttackedContainer container)
    {
        container.Options.Add("-t");
        if (container.Bundle is not null)
        {
            container.Bundle.Config["process"]!["terminal"] = true;
        }

        return container;
    }
}

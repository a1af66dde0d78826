using System.Text.Json.Nodes;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>
/// Rows 5, 10, 13 and 18: folders of a shared volume change places with symlinks while containers start (CVE-2021-30465,
/// CVE-2024-45310, CVE-2025-52881, GHSA-3q8j-pf29-vwv8).
/// </summary>
[Collection(AttackTests.Name)]
public sealed class SwappedTargetTests(ContainerHost host)
{
    private const int Starts = 1000;

    // A path that `minirun run` masks without being asked, and that lies in a folder a volume can be mounted on.
    private const string Volume = "/sys/devices/virtual";
    private const string Protected = $"{Volume}/powercap";

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Paths_that_are_swapped_lead_to_nothing_of_the_host_and_lose_no_protection(string program)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = WithSwappedPaths(program, canaries);
        using Racer racer = Race(container);
        IReadOnlyList<string> outputs = container.StartRepeatedly(Starts);

        Assert.InRange(racer.Stop(), 2 * Starts, long.MaxValue);
        AssertEachStartedOrRefused(outputs);
        Assert.Equal([$"{container.Folder}/outside/canary"], Directory.EnumerateFileSystemEntries($"{container.Folder}/outside"));
        Assert.Equal("fake", File.ReadAllText($"{container.Folder}/fake/ip_forward"));
        Assert.DoesNotContain(outputs, output => output.Contains(canaries.Marker, StringComparison.Ordinal));
        Assert.DoesNotContain(outputs, IsUnprotected);
        Assert.DoesNotContain(outputs, IsNotForwarding);
        AssertBothWaysTaken(outputs, "the protected path", output => output.Contains($" {container.Folder}/outside ro", StringComparison.Ordinal));
        AssertBothWaysTaken(outputs, "the mount below /proc", output => output.Contains("\nfake", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Proof_a_root_entered_last_makes_folders_on_the_host(string program)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = WithSwappedPaths(program, canaries);
        using Racer racer = Race(container);
        container.StartRepeatedly(Starts, without: "early-root,rooted-paths", enough: _ => Directory.Exists($"{container.Folder}/outside/made"));

        Assert.True(Directory.Exists($"{container.Folder}/outside/made"));
    }

    [Theory]
    [InlineData(AttackedContainer.Oci, "single-lookup")]
    [InlineData(AttackedContainer.Run, "MaskPath")]
    public void Proof_a_path_that_is_looked_up_for_every_call_or_left_out_is_not_protected(string program, string without)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = WithSwappedPaths(program, canaries);
        using Racer racer = Race(container);

        Assert.Contains(container.StartRepeatedly(Starts, without, IsUnprotected), IsUnprotected);
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Proof_a_sysctl_written_below_the_containers_own_proc_lands_in_the_volume(string program)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = WithSwappedPaths(program, canaries);
        using Racer racer = Race(container);

        Assert.Contains(container.StartRepeatedly(Starts, without: "private-procfs,rooted-paths", IsNotForwarding), IsNotForwarding);
        Assert.NotEqual("fake", File.ReadAllText($"{container.Folder}/fake/ip_forward"));
    }

    /// <summary>
    /// In the volume, a folder below which mounts are made, and which is protected, changes places with a symlink to a folder of
    /// the host's, where the container has another volume; and a mount's target with a symlink into /proc.
    /// </summary>
    private AttackedContainer WithSwappedPaths(string program, Canaries canaries)
    {
        AttackedContainer container = new(host, program, "");
        string folder = container.Folder;
        container.Script = $"echo started; exec cat /proc/self/mountinfo /proc/net/snmp /proc/sys/net/ipv4/ip_forward {Protected}/canary {Volume}/link/canary";
        foreach (string name in (string[])["outside", "other", "fake", "volume/powercap", "volume/target"])
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }

        File.WriteAllText($"{folder}/outside/canary", canaries.Marker);
        foreach (string name in (string[])["ip_forward", "ip_unprivileged_port_start", "ping_group_range"])
        {
            File.WriteAllText($"{folder}/fake/{name}", "fake");
        }

        File.CreateSymbolicLink($"{folder}/volume/link", $"{folder}/outside");
        File.CreateSymbolicLink($"{folder}/volume/proc", "/proc/sys/net/ipv4");
        if (container.Bundle is { } bundle)
        {
            bundle.Linux["maskedPaths"] = new JsonArray();
            bundle.Linux["readonlyPaths"] = new JsonArray(Protected);
        }

        return container.Bind($"{folder}/volume", Volume).Bind($"{folder}/other", $"{folder}/outside").Bind($"{folder}/fake", $"{Volume}/target")
            .Bind("/etc/hostname", $"{Protected}/file").Tmpfs($"{Protected}/made/deep").Sysctl("net.ipv4.ip_forward", "1");
    }

    private static Racer Race(AttackedContainer container)
    {
        string volume = $"{container.Folder}/volume";
        return new Racer(($"{volume}/powercap", $"{volume}/link"), ($"{volume}/target", $"{volume}/proc"));
    }

    /// <summary>What a start printed of the mounts at the protected path and at the other volume, which was there first.</summary>
    private static string[][] Mounts(string output) =>
        [.. output.Split('\n').Select(line => line.Split(' ')).Where(fields => fields.Length > 5 && (fields[4] is Protected or $"{Volume}/link" || fields[4].EndsWith("/outside", StringComparison.Ordinal)))];

    private static bool Started(string output) => output.StartsWith("started\n", StringComparison.Ordinal);

    /// <summary>Whether a program started without one read-only mount beside the other volume's.</summary>
    private static bool IsUnprotected(string output)
    {
        string[][] mounts = Mounts(output);
        return Started(output) && !(mounts.Length == 2 && mounts[1][5].Split(',').Contains("ro"));
    }

    /// <summary>Whether a program started in a network namespace that does not forward, by IP-MIB's ipForwarding: 1 does, 2 does not.</summary>
    private static bool IsNotForwarding(string output) => Started(output) && !output.Contains("\nIp: 1 ", StringComparison.Ordinal);

    /// <summary>Nearly all have to start, since the kernel resolves every path one way or the other; the rest is refused in one line.</summary>
    private static void AssertEachStartedOrRefused(IReadOnlyList<string> outputs)
    {
        Assert.InRange(outputs.Count, Starts, int.MaxValue);
        string[] refusals = [.. outputs.Where(output => !Started(output))];
        Assert.All(refusals, refusal => Assert.True(refusal.TrimEnd('\n').Split('\n').Length == 1 && refusal.Contains(Volume, StringComparison.Ordinal), refusal));
        Assert.InRange(refusals.Length, 0, outputs.Count / 10);
    }

    private static void AssertBothWaysTaken(IReadOnlyList<string> outputs, string what, Predicate<string> isOne)
    {
        int taken = outputs.Count(output => Started(output) && isOne(output));
        Assert.True(taken > outputs.Count / 50 && taken < outputs.Count * 49 / 50, $"{what} was resolved one way in {taken} of {outputs.Count} starts");
    }
}

using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>What an engine, a damaged disk or an attacker may hand to minirun-oci: one line, exit status 1, and nothing left.</summary>
[Collection(ContainerTests.Name)]
public sealed class HostileInputTests(ContainerHost host)
{
    public static TheoryData<string> BadIds => ["..", ".", "../escape", "a/b", "/", "a\nb", "", "a b", "a;b", new string('a', 10_000)];

    [Theory]
    [MemberData(nameof(BadIds))]
    public void An_id_that_is_no_plain_name_is_refused_by_every_verb(string id)
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle();
        HostSnapshot before = HostSnapshot.Take(host);
        string[][] commands =
        [
            ["run", "--bundle", bundle, id], ["create", "--bundle", bundle, id], ["start", id], ["state", id],
            ["kill", id, "KILL"], ["delete", id], ["delete", "--force", id], ["exec", id, "true"],
        ];
        foreach (string[] command in commands)
        {
            oci.Run(command).FailedInOneLine(1);
        }

        before.AssertUnchanged(host, "bad ids");
    }

    [Theory]
    [InlineData("namespaces", ".linux.namespaces += [{type: \"pid\"}]")]
    [InlineData("not a network namespace", ".linux.namespaces |= map(if .type == \"network\" then .path = \"/proc/self/ns/uts\" else . end)")]
    [InlineData("no namespace", ".linux.namespaces |= map(if .type == \"network\" then .path = \"/etc/passwd\" else . end)")]
    [InlineData("/no/such", ".linux.namespaces |= map(if .type == \"network\" then .path = \"/no/such\" else . end)")]
    [InlineData("uid", ".linux.namespaces += [{type: \"user\"}] | .linux.uidMappings = [range(9000) | {containerID: ., hostID: (100000 + .), size: 1}] | .linux.gidMappings = [{containerID: 0, hostID: 100000, size: 9000}]")]
    [InlineData("no-such-source", ".mounts += [{destination: \"/mnt\", type: \"bind\", source: \"/no-such-source\", options: [\"bind\"]}]")]
    [InlineData("rootfs", ".root.path = \"no-such-rootfs\"")]
    [InlineData("no-such-type", ".mounts += [{destination: \"/mnt\", type: \"no-such-type\", source: \"none\"}]")]
    [InlineData("at most", ".mounts += [range(9000) | {destination: \"/mnt\", type: \"tmpfs\", source: \"tmpfs\"}]")]
    public void A_config_that_cannot_be_carried_out_is_one_line(string named, string filter)
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle(filter: filter);
        HostSnapshot before = HostSnapshot.Take(host);
        oci.Run("run", "--bundle", bundle, "hostile").FailedInOneLine(1, named);
        oci.Create(bundle, "hostile").FailedInOneLine(1, named);
        File.Delete(bundle + "/pid");
        File.Delete(bundle + "/error");
        before.AssertUnchanged(host, filter);
    }

    [Fact]
    public void A_thousand_mounts_are_made()
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle("grep -c ' /mnt/' /proc/self/mountinfo", ".mounts += [{destination: \"/mnt\", type: \"tmpfs\", source: \"tmpfs\"}] + [range(1000) | {destination: \"/mnt/\\(.)\", type: \"tmpfs\", source: \"tmpfs\"}]");
        HostSnapshot before = HostSnapshot.Take(host);
        Assert.Equal("1000", oci.Run("run", "--bundle", bundle, "thousand").Succeeded());
        before.AssertUnchanged(host, "a thousand mounts");
    }

    [Fact]
    public void More_than_64_KiB_of_environment_and_annotations_are_passed_on()
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle("env | wc -c", ".process.env += [range(200) | \"V\\(.)=\" + (\"x\" * 1000)] | .annotations = ([range(200) | {key: \"a\\(.)\", value: (\"y\" * 1000)}] | from_entries)");
        Assert.True(int.Parse(oci.Run("run", "--bundle", bundle, "large").Succeeded(), System.Globalization.CultureInfo.InvariantCulture) > 200_000);
    }

    [Fact]
    public void A_state_file_cut_off_anywhere_is_one_line_and_force_removes_it()
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle("sleep 1008");
        HostSnapshot before = HostSnapshot.Take(host);
        oci.Create(bundle, "cut").Succeeded();
        oci.Create(bundle, "sound").Succeeded();
        string state = oci.Root + "/cut/state.json";
        byte[] whole = File.ReadAllBytes(state);
        for (int length = 1; length < whole.Length; length += 37)
        {
            File.WriteAllBytes(state, whole[..length]);
            oci.Run("state", "cut").FailedInOneLine(1, "cut", "delete --force");
            oci.Run("start", "cut").FailedInOneLine(1, "cut");
            oci.Run("kill", "cut").FailedInOneLine(1, "cut");
            oci.Run("delete", "cut").FailedInOneLine(1, "cut");
            ProgramResult list = oci.Run("list");
            Assert.Contains("sound", list.Succeeded(), StringComparison.Ordinal);
            Assert.Contains("cut is damaged", list.Error, StringComparison.Ordinal);
        }

        File.WriteAllBytes(state, whole[..(whole.Length / 2)]);
        oci.Run("delete", "--force", "cut").Succeeded();
        oci.Run("state", "cut").FailedInOneLine(1, "does not exist");
        oci.Run("delete", "--force", "cut").Succeeded();
        oci.Run("delete", "--force", "sound").Succeeded();
        File.Delete(bundle + "/pid");
        File.Delete(bundle + "/error");
        before.AssertUnchanged(host, "a damaged state");
    }

    [Fact]
    public void A_bundle_that_vanishes_does_not_hold_its_container()
    {
        OciDriver oci = new(host);
        HostSnapshot before = HostSnapshot.Take(host);
        string bundle = oci.Bundle("sleep 1009");
        oci.Create(bundle, "vanished").Succeeded();
        Directory.Delete(bundle, recursive: true);

        Assert.Contains("\"created\"", oci.Run("state", "vanished").Succeeded(), StringComparison.Ordinal);
        oci.Run("start", "vanished").Succeeded();
        Assert.Equal("here", oci.Run("exec", "vanished", "echo", "here").Succeeded());
        oci.Run("delete", "--force", "vanished").Succeeded();
        oci.Run("run", "--bundle", bundle, "vanished").FailedInOneLine(1, "config.json");
        before.AssertUnchanged(host, "a vanished bundle");
    }

    /// <summary>Every size from one that holds nothing to one that holds a whole container's state.</summary>
    [Fact]
    public void A_full_disk_under_the_state_root_is_one_line_and_leaves_nothing()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string disk = host.NewFolder();
        string bundle = new OciDriver(host).Bundle("sleep 1010", ".annotations.filler = (\"x\" * 20000)");
        int failures = 0, successes = 0;
        foreach (string limit in (string[])["nr_inodes=1", "nr_inodes=2", "nr_inodes=3", "nr_inodes=4", "nr_inodes=5", "nr_inodes=6", "nr_inodes=9", "size=4k", "size=8k", "size=24k", "size=32k", "size=48k", "size=64k", "size=1m"])
        {
            host.Bash($"mount -t tmpfs -o mode=700,{limit} tmpfs {disk}").Succeeded();
            try
            {
                OciDriver oci = new(host, disk);
                ProgramResult created = oci.Create(bundle, "full");
                if (created.Status == 0)
                {
                    successes++;
                    oci.Run("start", "full");
                    oci.Run("delete", "--force", "full").Succeeded();
                }
                else
                {
                    failures++;
                    created.FailedInOneLine(1, "no space left on device");
                }

                Assert.Empty(Directory.EnumerateFileSystemEntries(disk));
            }
            finally
            {
                host.Bash($"umount {disk}").Succeeded();
            }
        }

        Assert.True(failures >= 4 && successes >= 2, $"{failures} sizes too small, {successes} large enough");
        Directory.Delete(bundle, recursive: true);
        Directory.Delete(disk);
        before.AssertUnchanged(host, "full disks");
    }
}

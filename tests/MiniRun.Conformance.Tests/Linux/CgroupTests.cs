using System.Text.Json.Nodes;

namespace MiniRun.Conformance.Tests.Linux;

/// <summary>config-linux.md#control-groups. On this kernel, v2 without controllers; the limits themselves are tested in the VM.</summary>
public sealed class CgroupTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime]
    [Must("config-linux.md#cgroups-path", "an absolute path starts at the cgroup mount")]
    [Must("config-linux.md#cgroups-path", "the same value is the same place")]
    public void An_absolute_path_is_the_same_place_each_time(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("exec sleep 1000").With("linux.cgroupsPath", "\"/conformance/a\"");
        for (int i = 0; i < 2; i++)
        {
            oci.Create(bundle).Succeeded();
            Assert.Equal("0::/conformance/a", File.ReadLines($"/proc/{oci.Pid(bundle)}/cgroup").Single(line => line.StartsWith("0:", StringComparison.Ordinal)));
            oci.Do("delete", "--force", OciRuntime.Id(bundle)).Succeeded();
        }

        if (Directory.Exists("/sys/fs/cgroup/conformance"))
        {
            Directory.Delete("/sys/fs/cgroup/conformance");
        }
    });

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#cgroups-path", "a relative path is the same place each time")]
    public void A_relative_path_is_the_same_place_each_time(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("exec sleep 1000").With("linux.cgroupsPath", "\"relative\"");
        string[] seen = new string[2];
        for (int i = 0; i < 2; i++)
        {
            oci.Create(bundle).Succeeded();
            seen[i] = File.ReadLines($"/proc/{oci.Pid(bundle)}/cgroup").Single(line => line.StartsWith("0:", StringComparison.Ordinal));
            oci.Do("delete", "--force", OciRuntime.Id(bundle)).Succeeded();
        }

        Assert.EndsWith("relative", seen[0], StringComparison.Ordinal);
        Assert.Equal(seen[0], seen[1]);
    });

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#cgroups-path", "a value the runtime considers invalid: error")]
    public void A_path_that_climbs_is_an_error_or_stays_below_the_mount(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("exec sleep 1000").With("linux.cgroupsPath", "\"/../../climbs\"");
        if (oci.Create(bundle).Status == 0)
        {
            string seen = File.ReadLines($"/proc/{oci.Pid(bundle)}/cgroup").Single(line => line.StartsWith("0:", StringComparison.Ordinal));
            Assert.Equal("0::/climbs", seen);
        }
    });

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#control-groups", "a cgroup the runtime finds unfit (frozen): error")]
    public void A_frozen_cgroup_is_an_error(string runtime) => On(runtime, oci =>
    {
        const string Cgroup = "/sys/fs/cgroup/frozen";
        Directory.CreateDirectory(Cgroup);
        File.WriteAllText(Cgroup + "/cgroup.freeze", "1");
        try
        {
            oci.Refuses(oci.Bundle().With("linux.cgroupsPath", "\"/frozen\""));
        }
        finally
        {
            if (Directory.Exists(Cgroup))
            {
                File.WriteAllText(Cgroup + "/cgroup.kill", "1");
                File.WriteAllText(Cgroup + "/cgroup.freeze", "0");
                Eventually.True(() => File.ReadAllText(Cgroup + "/cgroup.procs").Length == 0, () => "the cgroup is empty");
                Directory.Delete(Cgroup);
            }
        }
    });

    // Without the memory controller, memory.oom.group and memory.reclaim of /sys/kernel/cgroup/delegate are not there.
    [Theory]
    [EachRuntime]
    [Must("config-linux.md#cgroup-ownership", "a delegated file that is not there is no failure")]
    public void A_cgroup_without_all_delegated_files_is_no_failure(string runtime) => On(runtime, oci =>
    {
        Assert.Equal("ran", oci.Prints(Delegated(oci, "echo ran")));
    });

    // Root inside is nobody outside: what is still the host's belongs to 65534 there.
    [Theory]
    [EachRuntime]
    [Must("config-linux.md#cgroup-ownership", "without /sys/kernel/cgroup/delegate, its usual three files are delegated")]
    public void Without_the_kernels_list_the_usual_files_are_delegated_or_nothing_is(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = Delegated(oci, "cd /sys/fs/cgroup; echo $(stat -c %u . cgroup.procs cgroup.subtree_control cgroup.threads)");

        // A new sysfs would not be allowed: the kernel wants to see all of one before it gives a user namespace another.
        JsonNode sys = bundle.Mounts.Single(mount => (string?)mount!["type"] == "sysfs")!;
        sys["source"] = "/sys";
        sys["options"] = new JsonArray("rbind", "ro");
        bundle.Write();
        string seen = Host.Bash($"""
            exec unshare --mount --propagation private bash -euc 'mount -t tmpfs none /sys/kernel/cgroup
            exec {oci.Command} run --bundle {bundle.Folder} {OciRuntime.Id(bundle)}'
            """).Succeeded();
        Assert.Contains(seen, (string[])["0 0 0 0", "65534 65534 65534 65534"]);
    });

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#unified", "a file the runtime does not know is written")]
    public void Unified_writes_files_of_any_name(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle("exec sleep 1000").With("linux.cgroupsPath", "\"/unified\"").With("linux.resources.unified", "{}");
        bundle.Linux["resources"]!["unified"]!["cgroup.max.descendants"] = "7";
        const string Limit = "/sys/fs/cgroup/unified/cgroup.max.descendants";
        oci.Create(bundle).Succeeded();
        Assert.True(File.Exists(Limit), $"there is no {Limit}");
        Assert.Equal("7\n", File.ReadAllText(Limit));
    });

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#unified", "a controller that is not there: error")]
    public void Unified_of_a_missing_controller_is_an_error(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle().With("linux.resources.unified", "{}");
        bundle.Linux["resources"]!["unified"]!["memory.max"] = "100000000";
        oci.Refuses(bundle);
    });

    [Theory]
    [EachRuntime("memory", "cpu", "pids", "blockIO")]
    [Must("runtime.md#create", "a property that cannot be applied: error, and no container")]
    public void A_limit_whose_controller_is_missing_is_an_error(string runtime, string controller) => On(
        runtime,
        oci => oci.Refuses(oci.Bundle().With($"linux.resources.{controller}", controller switch
        {
            "memory" => """{"limit": 100000000}""",
            "cpu" => """{"quota": 10000, "period": 100000}""",
            "pids" => """{"limit": 10}""",
            _ => """{"weight": 100}""",
        })),
        controller);

    [Theory]
    [EachRuntime("network.classID", "network.priorities", "cpu.realtimeRuntime")]
    [Must("config-linux.md#unified", "what of v1 cannot be converted to v2: error")]
    public void A_limit_of_v1_alone_is_an_error(string runtime, string property) => On(
        runtime,
        oci => oci.Refuses(oci.Bundle().With($"linux.resources.{property}", property == "network.priorities" ? """[{"name": "lo", "priority": 1}]""" : "1000")),
        property);

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#intelrdt", "no resctrl is mounted: error")]
    public void IntelRdt_without_a_resctrl_mount_is_an_error(string runtime) => On(runtime, oci =>
        oci.Refuses(oci.Bundle().With("linux.intelRdt", """{"closID": "guaranteed", "l3CacheSchema": "L3:0=f"}""")));

    /// <summary>A container that is to manage its own cgroup: a new cgroup namespace, mounted to be written.</summary>
    private static OciBundle Delegated(OciRuntime oci, string script)
    {
        OciBundle bundle = oci.Bundle(script, nameof(Delegated), copiesRoot: true).InUserNamespace()
            .WithoutNamespace("cgroup").With("linux.namespaces.-", """{"type": "cgroup"}""");
        bundle.Mounts.Single(mount => (string?)mount!["type"] == "cgroup")!["options"] = new JsonArray("nosuid", "noexec", "nodev", "relatime");
        return bundle;
    }
}

namespace MiniRun.Conformance.Tests.Harness;

/// <summary>Lets no runtime run where a cgroup v1 hierarchy is mounted: runc and crun would write the machine's own.</summary>
public sealed class PureCgroups
{
    public PureCgroups()
    {
        Assert.DoesNotContain(
            File.ReadLines("/proc/self/mountinfo"),
            line => line.Contains(" - cgroup ", StringComparison.Ordinal));
        Assert.True(
            File.Exists("/sys/fs/cgroup/cgroup.procs"),
            "/sys/fs/cgroup is not a cgroup v2 file system: run the tests under scripts/private-host.sh");
    }
}

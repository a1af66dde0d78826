using MiniRun.Linux.Cgroups;

namespace MiniRun.Linux.Tests.Cgroups;

public sealed class CgroupHostTests
{
    private const string Hybrid = """
        31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
        35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory
        41 31 0:38 / /sys/fs/cgroup/unified rw,relatime shared:3 master:1 - cgroup2 cgroup2 rw
        """;

    private const string Unified = """
        50 31 0:38 / /mnt/other\040place rw - cgroup2 none rw
        41 31 0:38 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw
        """;

    private static readonly CgroupHost HybridHost = CgroupHost.Parse("/sys/fs/cgroup/unified", "9:name=systemd:/\n7:blkio:/\n4:memory:/x:y\n1:cpu,cpuacct:/\n0::/user.slice/a\n", "hugetlb\n");

    [Fact]
    public void The_mount_is_found_on_unified_and_hybrid_hosts()
    {
        Assert.Equal("/sys/fs/cgroup/unified", Cgroup2Mount.Find(Hybrid));
        Assert.Equal("/sys/fs/cgroup", Cgroup2Mount.Find(Unified));
        Assert.Equal("/mnt/other place", Cgroup2Mount.Find(Unified.Split('\n')[0]));
        Assert.Null(Cgroup2Mount.Find("31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw"));
        Assert.Null(Cgroup2Mount.Find("garbage"));
    }

    [Fact]
    public void What_v1_holds_is_known_by_its_v2_name()
    {
        Assert.Equal(["io", "memory", "cpu"], HybridHost.V1Controllers);
        Assert.Equal("/user.slice/a", HybridHost.OwnPath);
        Assert.Equal(["hugetlb"], HybridHost.Controllers);
    }

    [Fact]
    public void A_limit_whose_controller_v1_holds_is_refused_with_the_hosts_remedy()
    {
        string message = Assert.Throws<MiniRunException>(() => HybridHost.Check([new("memory.max", "1")])).Message;
        Assert.Equal("memory.max: the memory controller is held by cgroup v1 on this host; boot with systemd.unified_cgroup_hierarchy=1 (or cgroup_no_v1=memory)", message);
        Assert.Contains("cgroup_no_v1=blkio", Assert.Throws<MiniRunException>(() => HybridHost.Check([new("io.max", "1")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_whose_controller_is_nowhere_is_refused_by_name()
        => Assert.Contains("the pids controller is not available", Assert.Throws<MiniRunException>(() => HybridHost.Check([new("pids.max", "1")])).Message, StringComparison.Ordinal);

    [Fact]
    public void Files_of_available_or_unknown_controllers_pass()
        => HybridHost.Check([new("hugetlb.2MB.max", "1"), new("cgroup.max.depth", "3"), new("future.max", "1")]);

    [Fact]
    public void Needed_controllers_are_listed_once()
        => Assert.Equal(["cpu", "memory"], CgroupHost.Needed([new("cpu.max", ""), new("cpu.weight", ""), new("cgroup.max.depth", ""), new("memory.max", ""), new("future.x", "")]));

    [Fact]
    public void Without_a_mount_the_message_says_how_to_get_one()
        => Assert.Contains("mount -t cgroup2", Assert.Throws<MiniRunException>(() => CgroupHost.Parse(null, "", "").FolderOf(CgroupPath.Root)).Message, StringComparison.Ordinal);

    [Fact]
    public void This_host_can_be_read()
    {
        CgroupHost host = CgroupHost.Detect();
        Assert.StartsWith("/", host.OwnPath, StringComparison.Ordinal);
    }
}

using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Cgroups;
using MiniRun.Runtime.Lifecycle;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Tests.Lifecycle;

public sealed class CgroupChoiceTests
{
    [Theory]
    [InlineData("/a/b", "/user/shell", "/cg/a/b")]
    [InlineData("c1", "/", "/cg/c1")]
    [InlineData("c1", "/shell", "/cg/c1")]
    [InlineData("c1", "/user/shell", "/cg/user/c1")]
    [InlineData("c1", "/../../x", "/cg/c1")]
    public void Absolute_paths_start_at_the_mount_and_others_beside_the_callers_cgroup(string path, string own, string expected)
    {
        Assert.Equal(expected, CgroupChoice.Folder(CgroupHost.Parse("/cg", $"0::{own}\n", ""), Facts(uid: 0), path));
    }

    [Theory]
    [InlineData("/../x")]
    [InlineData("../x")]
    [InlineData("/a/../../x")]
    public void Paths_that_lead_upwards_are_refused(string path)
    {
        Assert.Throws<MiniRunException>(() => CgroupChoice.Folder(CgroupHost.Parse("/cg", "0::/\n", ""), Facts(uid: 0), path));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("//")]
    public void The_hosts_root_cgroup_is_no_containers(string path)
    {
        Assert.Contains("the host's", Assert.Throws<MiniRunException>(() => CgroupChoice.Folder(CgroupHost.Parse("/cg", "0::/a/b\n", ""), Facts(uid: 0), path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_who_was_given_no_cgroup_gets_none()
    {
        Assert.Null(CgroupChoice.Folder(CgroupHost.Parse("/cg", "0::/\n", ""), Facts(uid: 1000), "/c1"));
        Assert.Null(CgroupChoice.Folder(CgroupHost.Parse(null, "0::/\n", ""), Facts(uid: 1000), "/c1"));
    }

    [Fact]
    public void Root_without_cgroup2_is_told_how_to_mount_it()
    {
        Assert.Contains("mount -t cgroup2", Assert.Throws<MiniRunException>(() => CgroupChoice.Folder(CgroupHost.Parse(null, "", ""), Facts(uid: 0), "/c1")).Message, StringComparison.Ordinal);
    }

    private static HostFacts Facts(uint uid) => new()
    {
        Uid = uid,
        Gid = uid,
        InUserNamespace = false,
        Effective = default(CapabilitySet),
        Bounding = default(CapabilitySet),
    };
}

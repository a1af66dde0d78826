using MiniRun.Linux.Cgroups;

namespace MiniRun.Linux.Tests.Cgroups;

public sealed class OtherLimitTests
{
    [Theory]
    [InlineData(20L, "20")]
    [InlineData(0L, "0")]
    [InlineData(-1L, "max")]
    public void A_pids_limit_of_zero_is_a_real_limit(long limit, string value)
        => Assert.Equal([new("pids.max", value)], PidsController.Translate(limit));

    [Fact]
    public void No_pids_limit_is_no_write() => Assert.Empty(PidsController.Translate(null));

    [Fact]
    public void Huge_pages_are_limited_when_used_and_when_reserved()
        => Assert.Equal([new("hugetlb.2MB.max", "4194304"), new("hugetlb.2MB.rsvd.max", "4194304")], HugetlbController.Translate("2MB", 4194304));

    [Theory]
    [InlineData("2mb")]
    [InlineData("MB")]
    [InlineData("../2MB")]
    [InlineData("02MB")]
    [InlineData("2MB/x")]
    public void Page_sizes_are_written_as_the_kernel_does(string size)
        => Assert.Throws<MiniRunException>(() => HugetlbController.Translate(size, 1));

    [Fact]
    public void Rdma_and_misc_limits_are_lines()
    {
        Assert.Equal([new("rdma.max", "mlx5_1 hca_handle=2 hca_object=10")], RdmaController.Translate("mlx5_1", 2, 10));
        Assert.Equal([new("rdma.max", "mlx5_1 hca_object=10")], RdmaController.Translate("mlx5_1", null, 10));
        Assert.Empty(RdmaController.Translate("mlx5_1", null, null));
        Assert.Throws<MiniRunException>(() => RdmaController.Translate("a b", 1, null));
        Assert.Equal([new("misc.max", "sev 3")], MiscController.Translate("sev", 3));
        Assert.Equal([new("misc.max", "sev max")], MiscController.Translate("sev", null));
    }

    [Fact]
    public void Net_cls_and_net_prio_are_refused_unless_unset()
    {
        NetworkClassifier.Refuse(null, 0);
        NetworkClassifier.Refuse(0, 0);
        Assert.Contains("net_cls", Assert.Throws<MiniRunException>(() => NetworkClassifier.Refuse(1, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("net_prio", Assert.Throws<MiniRunException>(() => NetworkClassifier.Refuse(null, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unified_values_of_several_lines_are_several_writes()
        => Assert.Equal([new("io.max", "8:0 rbps=1"), new("io.max", "8:16 rbps=2")], UnifiedSettings.Translate("io.max", "8:0 rbps=1\n8:16 rbps=2\n"));

    [Theory]
    [InlineData("memory")]
    [InlineData("memory.")]
    [InlineData(".max")]
    [InlineData("../memory.max")]
    [InlineData("a..b")]
    [InlineData("child/memory.max")]
    [InlineData("memory.max\n")]
    [InlineData("cgroup.procs")]
    [InlineData("cgroup.subtree_control")]
    [InlineData("")]
    public void Unified_keys_that_are_no_settings_are_refused(string key)
        => Assert.Throws<MiniRunException>(() => UnifiedSettings.Translate(key, "1"));

    [Theory]
    [InlineData("memory.max", "memory")]
    [InlineData("hugetlb.2MB.rsvd.max", "hugetlb")]
    [InlineData("cgroup.freeze", "")]
    [InlineData("cgroup.max.depth", "")]
    public void A_file_belongs_to_the_controller_it_is_named_after(string file, string controller)
        => Assert.Equal(controller, new CgroupWrite(file, "").Controller);
}

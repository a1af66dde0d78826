using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Capabilities;

namespace MiniRun.Engine.Tests.Bundles;

public sealed class CapabilityBundleTests
{
    private static readonly CapabilitySet s_withoutResource = CapabilitySet.All - CapabilitySet.Of(Capability.CAP_SYS_RESOURCE);

    private static PrivilegeChoices Choices(string[] add, string[] drop, bool privileged = false) => new()
    {
        Add = Array.ConvertAll(add, name => CapabilityChange.Parse(name, "--cap-add")),
        Drop = Array.ConvertAll(drop, name => CapabilityChange.Parse(name, "--cap-drop")),
        Privileged = privileged,
    };

    private static CapabilitySet Kept(string[] add, string[] drop) => ContainerCapabilities.Of(Choices(add, drop), CapabilitySet.All).Kept;

    [Fact]
    public void Names_are_added_to_and_dropped_from_the_default()
    {
        Assert.Equal(ContainerCapabilities.Default | CapabilitySet.Of(Capability.CAP_NET_ADMIN), Kept(["NET_ADMIN"], []));
        Assert.Equal(ContainerCapabilities.Default - CapabilitySet.Of(Capability.CAP_CHOWN), Kept([], ["CAP_CHOWN"]));
    }

    [Fact]
    public void Dropping_all_keeps_only_what_is_added() =>
        Assert.Equal(CapabilitySet.Of(Capability.CAP_NET_BIND_SERVICE), Kept(["NET_BIND_SERVICE"], ["ALL"]));

    [Fact]
    public void Adding_all_leaves_out_only_what_is_dropped() =>
        Assert.Equal(CapabilitySet.All - CapabilitySet.Of(Capability.CAP_SYS_ADMIN), Kept(["all"], ["SYS_ADMIN"]));

    [Fact]
    public void A_capability_added_and_dropped_by_name_is_kept_as_docker_has_it() =>
        Assert.True(Kept(["CHOWN"], ["CHOWN"]).Contains(Capability.CAP_CHOWN));

    [Fact]
    public void Adding_by_name_what_the_host_lacks_is_an_error_that_names_it()
    {
        MiniRunException refused = Assert.Throws<MiniRunException>(() => ContainerCapabilities.Of(Choices(["SYS_RESOURCE", "CHOWN"], []), s_withoutResource));
        Assert.Contains("CAP_SYS_RESOURCE", refused.Message);
        Assert.DoesNotContain("CAP_CHOWN", refused.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_and_privileged_mean_the_bounding_set_and_what_is_missing_is_noted(bool privileged)
    {
        var capabilities = ContainerCapabilities.Of(privileged ? Choices([], [], privileged: true) : Choices(["ALL"], []), s_withoutResource);
        Assert.Equal(s_withoutResource, capabilities.Kept);
        Assert.Contains("CAP_SYS_RESOURCE", Assert.Single(capabilities.Notes()));
    }

    [Fact]
    public void A_default_capability_the_host_lacks_is_noted_and_no_error()
    {
        var capabilities = ContainerCapabilities.Of(new(), CapabilitySet.All - CapabilitySet.Of(Capability.CAP_MKNOD));
        Assert.Equal(13, capabilities.Kept.Count);
        Assert.Contains("CAP_MKNOD", Assert.Single(capabilities.Notes()));
    }
}

using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Processes;

namespace MiniRun.Linux.Tests.Capabilities;

public class CapabilitySetTests
{
    [Fact]
    public void Every_capability_is_read_with_and_without_its_prefix_in_any_case()
    {
        Assert.Equal(CapabilitySet.Known, Enum.GetValues<Capability>().Length);
        foreach (Capability capability in Enum.GetValues<Capability>())
        {
            string name = capability.ToString();
            CapabilitySet expected = CapabilitySet.Of(capability);
            Assert.Equal([expected, expected, expected, expected],
                [CapabilitySet.Parse(name), CapabilitySet.Parse(name[4..]), CapabilitySet.Parse(name.ToLowerInvariant()), CapabilitySet.Parse(name[4..].ToLowerInvariant())]);
            Assert.Equal([name], expected.Names());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("CAP_")]
    [InlineData("CAP_CAP_CHOWN")]
    [InlineData("SYS_ADMINISTRATOR")]
    [InlineData("21")]
    [InlineData("CAP_ALL")]
    public void An_unknown_name_is_refused_by_name(string name)
    {
        MiniRunException failure = Assert.Throws<MiniRunException>(() => CapabilitySet.Parse(name));
        Assert.Contains($"unknown capability '{name}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_is_every_known_capability()
    {
        Assert.Equal(0x1ffffffffffUL, CapabilitySet.Parse("all").Bits);
        Assert.Equal(41, CapabilitySet.All.Count);
    }

    [Fact]
    public void Sets_are_joined_cut_and_compared()
    {
        CapabilitySet two = CapabilitySet.Of(Capability.CAP_CHOWN, Capability.CAP_KILL);
        CapabilitySet one = CapabilitySet.Of(Capability.CAP_KILL);
        Assert.Equal(CapabilitySet.Of(Capability.CAP_CHOWN), two - one);
        Assert.Equal(one, two & one);
        Assert.Equal(two, one | CapabilitySet.Of(Capability.CAP_CHOWN));
        Assert.True(one.IsSubsetOf(two) && !two.IsSubsetOf(one) && CapabilitySet.Empty.IsSubsetOf(one));
        Assert.True(two.Contains(Capability.CAP_CHOWN) && !one.Contains(Capability.CAP_CHOWN));
    }

    [Fact]
    public void A_set_is_shown_by_names_in_the_kernels_order()
    {
        Assert.Equal("CAP_CHOWN, CAP_KILL", CapabilitySet.Of(Capability.CAP_KILL, Capability.CAP_CHOWN).ToString());
        Assert.Equal("none", CapabilitySet.Empty.ToString());
        Assert.Equal("CAP_63", new CapabilitySet(1UL << 63).ToString());
    }

    [Fact]
    public void The_current_bounding_set_is_what_procfs_says()
    {
        Assert.Equal(ProcessStatus.ReadSelf().Bounding, CapabilitySet.CurrentBounding().Bits);
    }
}

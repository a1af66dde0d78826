using MiniRun.Linux.Processes;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Launch;

public sealed class ReadBackTests
{
    private const string Status =
        "Name:\tx\nUid:\t101000\t101000\t101000\t101000\nGid:\t100000\t100000\t100000\t100000\nGroups:\t100004 100024 \n"
        + "CapInh:\t0000000000000000\nCapPrm:\t0000000000000420\nCapEff:\t0000000000000400\nCapBnd:\t0000000000000420\nCapAmb:\t0000000000000000\n"
        + "NoNewPrivs:\t1\nSeccomp:\t2\n";

    private static readonly IdTranslation Ids = new([new IdMapping(0, 100000, 65536)]);

    private static readonly ProcessExpectation Expected = new()
    {
        Uid = 1000,
        Gid = 0,
        Groups = [24, 4],
        Effective = 0x400,
        Permitted = 0x420,
        Inheritable = 0,
        Ambient = 0,
        Bounding = 0x420,
        NoNewPrivileges = true,
        Seccomp = true,
    };

    [Fact]
    public void A_process_that_is_as_asked_passes()
    {
        Check(Status, Expected);
    }

    [Theory]
    [InlineData("Uid:\t101000\t101000", "Uid:\t101000\t0", "Uid is 101000 0 101000 101000, not 101000")]
    [InlineData("Gid:\t100000", "Gid:\t0", "Gid is 0 100000 100000 100000, not 100000")]
    [InlineData("100004 100024", "100004", "Groups is 100004, not 100004 100024")]
    [InlineData("CapEff:\t0000000000000400", "CapEff:\t0000000000000420", "CapEff is 0000000000000420, not 0000000000000400")]
    [InlineData("CapPrm:\t0000000000000420", "CapPrm:\t000001ffffffffff", "CapPrm is 000001ffffffffff")]
    [InlineData("CapInh:\t0000000000000000", "CapInh:\t0000000000000001", "CapInh is 0000000000000001")]
    [InlineData("CapAmb:\t0000000000000000", "CapAmb:\t0000000000000001", "CapAmb is 0000000000000001")]
    [InlineData("CapBnd:\t0000000000000420", "CapBnd:\t000001ffffffffff", "CapBnd is 000001ffffffffff")]
    [InlineData("NoNewPrivs:\t1", "NoNewPrivs:\t0", "NoNewPrivs is 0, not 1")]
    [InlineData("Seccomp:\t2", "Seccomp:\t0", "Seccomp is 0, not 2")]
    public void Any_protection_that_was_lost_is_named(string there, string instead, string message)
    {
        LaunchException e = Assert.Throws<LaunchException>(() => Check(Status.Replace(there, instead, StringComparison.Ordinal), Expected));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Contains("was stopped before", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "Seccomp_filters:\t1", true)]
    [InlineData(1, "Seccomp_filters:\t2", true)]
    [InlineData(1, "Seccomp_filters:\t1", false)]
    public void A_surrounding_containers_filter_is_not_taken_for_ones_own(int inherited, string filters, bool passes)
    {
        ProcessStatus status = ProcessStatus.Parse(System.Text.Encoding.ASCII.GetBytes(Status + filters + "\n"));
        Action check = () => ReadBack.Check(1, status, Expected, Ids, Ids, inherited);

        if (passes)
        {
            check();
        }
        else
        {
            Assert.Contains("Seccomp_filters is 1, not 2", Assert.Throws<LaunchException>(check).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Groups_that_could_not_be_set_are_not_compared()
    {
        Check(Status.Replace("100004 100024", "1", StringComparison.Ordinal), Expected with { Groups = null });
    }

    private static void Check(string status, ProcessExpectation expected) =>
        ReadBack.Check(1, ProcessStatus.Parse(System.Text.Encoding.ASCII.GetBytes(status)), expected, Ids, Ids);
}

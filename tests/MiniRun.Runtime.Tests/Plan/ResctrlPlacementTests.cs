using MiniRun.Linux;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Plan;

public class ResctrlPlacementTests
{
    private const string Present = "L3:0=ff\nMB:0=100\n";

    private static readonly ResctrlFacts Empty = new("/r");
    private static readonly ResctrlFacts WithClass = new("/r", Present);

    [Fact]
    public void Without_a_name_the_class_is_the_containers_own() =>
        Assert.Equal(new ResctrlPlacement("box", MakesClass: true, Monitors: false), Of(new IntelRdtSpec(), Empty));

    [Fact]
    public void A_class_of_that_name_that_is_not_the_containers_is_refused() =>
        Assert.Contains("/r/box is there already", Refusal(new IntelRdtSpec(), WithClass));

    [Fact]
    public void A_named_class_is_shared_where_it_is_there()
    {
        ResctrlPlacement shared = new("gold", MakesClass: false, Monitors: false);

        Assert.Equal(shared, Of(new IntelRdtSpec { ClosId = "gold" }, WithClass));
        Assert.Equal(shared, Of(new IntelRdtSpec { ClosId = "gold", L3CacheSchema = "L3:0=0FF" }, WithClass));
    }

    [Fact]
    public void A_named_class_that_is_set_otherwise_is_refused() => Assert.Contains(
        "/r/gold/schemata is not set to \"MB:0=50\"",
        Refusal(new IntelRdtSpec { ClosId = "gold", Schemata = ["L3:0=ff", "MB:0=50"] }, WithClass));

    [Fact]
    public void A_named_class_that_is_not_there_is_made_only_with_schemata()
    {
        Assert.True(Of(new IntelRdtSpec { ClosId = "gold", MemBwSchema = "MB:0=50" }, Empty).MakesClass);
        Assert.Contains("linux.intelRdt.closID \"gold\": there is no /r/gold", Refusal(new IntelRdtSpec { ClosId = "gold" }, Empty));
    }

    [Fact]
    public void The_default_class_is_never_set()
    {
        Assert.Equal(new ResctrlPlacement("/", MakesClass: false, Monitors: true), Of(new IntelRdtSpec { ClosId = "/", EnableMonitoring = true }, WithClass));
        Assert.Contains("/r/schemata is not set to \"L3:0=f\"", Refusal(new IntelRdtSpec { ClosId = "/", L3CacheSchema = "L3:0=f" }, WithClass));
    }

    [Fact]
    public void A_monitoring_group_of_somebody_elses_is_refused() => Assert.Contains(
        "/r/gold/mon_groups/box is there already",
        Refusal(new IntelRdtSpec { ClosId = "gold", EnableMonitoring = true }, WithClass with { HasMonitoring = true }));

    [Fact]
    public void Without_resctrl_nothing_is_made() => Assert.StartsWith("linux.intelRdt: no resctrl file system is mounted here: ", Refusal(new IntelRdtSpec(), null));

    [Fact]
    public void A_process_joins_the_class_before_its_monitoring_group() =>
        Assert.Equal(["/r/gold", "/r/gold/mon_groups/box"], new ResctrlPlacement("gold", false, true).Folders("/r", Plans.Id));

    private static ResctrlPlacement Of(IntelRdtSpec rdt, ResctrlFacts? facts) => ResctrlPlacement.Of(rdt, Plans.Id, facts);

    private static string Refusal(IntelRdtSpec rdt, ResctrlFacts? facts) => Assert.Throws<MiniRunException>(() => Of(rdt, facts)).Message;
}

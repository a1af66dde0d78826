using MiniRun.Linux.Resctrl;

namespace MiniRun.Linux.Tests.Resctrl;

public sealed class SchemataTests
{
    private const string Present = "    MB:0= 20;1=100\n    L3:0=00ff;1=fffff\nL3CODE:0=f\n";

    [Theory]
    [InlineData("L3:0=ff")]
    [InlineData("L3:1=FFFFF;0=00FF")]
    [InlineData("MB:0=20;1=100\nL3:0=ff;1=fffff")]
    [InlineData("L3CODE: 0 = 0f ;")]
    [InlineData("")]
    public void What_a_class_has_is_the_same_however_it_is_written(string wanted) => Assert.Null(Schemata.FirstDifference(Present, [wanted]));

    [Theory]
    [InlineData("L3:0=f", "L3:0=f")]
    [InlineData("L3:0=ff;2=f", "L3:2=f")]
    [InlineData("MB:0=20;1=90", "MB:1=90")]
    [InlineData("L2:0=ff", "L2:0=ff")]
    [InlineData("L3CODE:0=0", "L3CODE:0=0")]
    public void The_first_difference_is_told(string wanted, string difference) => Assert.Equal(difference, Schemata.FirstDifference(Present, [wanted]));

    [Fact]
    public void Of_two_lines_for_a_cache_the_last_counts()
    {
        Assert.Null(Schemata.FirstDifference(Present, ["L3:0=f", "L3:0=ff"]));
        Assert.Equal("L3:0=f", Schemata.FirstDifference(Present, ["L3:0=ff", "L3:0=f"]));
    }
}

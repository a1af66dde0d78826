using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class IntelRdtRulesTests
{
    private static IReadOnlyList<string> ProblemsOf(IntelRdtSpec rdt) => Problems.OfLinux(linux => linux with { IntelRdt = rdt });

    [Fact]
    public void All_that_the_specification_knows_is_taken()
    {
        Assert.Empty(ProblemsOf(new IntelRdtSpec()));
        Assert.Empty(ProblemsOf(new IntelRdtSpec
        {
            ClosId = "gold",
            L3CacheSchema = "L3CODE:0=f\nL3DATA:0=f0\n",
            MemBwSchema = "MB:0=20;1=70",
            Schemata = ["L2:0=f", "SMBA:0=64"],
            EnableMonitoring = true,
        }));
    }

    [Fact]
    public void The_default_class_has_the_name_the_specification_gives_it() => Assert.Empty(ProblemsOf(new IntelRdtSpec { ClosId = "/" }));

    [Theory]
    [InlineData(".", "is no name of a folder")]
    [InlineData("..", "is no name of a folder")]
    [InlineData("a/b", "must be one name without \"/\", or \"/\" alone for the host's default class")]
    [InlineData("/a", "must be one name without \"/\", or \"/\" alone for the host's default class")]
    [InlineData("//", "must be one name without \"/\", or \"/\" alone for the host's default class")]
    [InlineData("../a", "must be one name without \"/\", or \"/\" alone for the host's default class")]
    [InlineData("info", "is a folder of the kernel's own")]
    [InlineData("mon_groups", "is a folder of the kernel's own")]
    [InlineData("mon_data", "is a folder of the kernel's own")]
    public void A_class_is_one_folder_of_the_mount(string closId, string wrong) =>
        Assert.Equal([$"linux.intelRdt.closID: \"{closId}\" {wrong}"], ProblemsOf(new IntelRdtSpec { ClosId = closId }));

    [Fact]
    public void A_class_is_named_as_the_kernel_can()
    {
        Assert.Equal(["linux.intelRdt.closID: \"a?b\" must not contain control characters"], ProblemsOf(new IntelRdtSpec { ClosId = "a\nb" }));
        Assert.EndsWith("is longer than 255 bytes", Assert.Single(ProblemsOf(new IntelRdtSpec { ClosId = new string('a', 256) })), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_lines_and_name_a_resource() => Assert.Equal(
        [
            "linux.intelRdt.l3CacheSchema: \"0=f\" names no resource: expected a line such as L3:0=ff;1=c0",
            "linux.intelRdt.memBwSchema: \"L3:0=f\" must start with \"MB:\"",
            "linux.intelRdt.schemata[1]: \"L3:0=f?MB:0=1\" must be one line without control characters",
            "linux.intelRdt.schemata[2]: \"\" names no resource: expected a line such as L3:0=ff;1=c0",
        ],
        ProblemsOf(new IntelRdtSpec { L3CacheSchema = "0=f", MemBwSchema = "L3:0=f", Schemata = ["L3:0=f", "L3:0=f\nMB:0=1", ""] }));

    [Fact]
    public void Schemata_are_written_in_the_specifications_order()
    {
        Assert.Equal(
            ["L3:0=f\nMB:0=1", "L2:0=1\nMB:0=3"],
            new IntelRdtSpec { L3CacheSchema = "L3:0=f\nMB:0=1\n", Schemata = ["L2:0=1", "MB:0=3"] }.SchemataToWrite());
        Assert.Equal(["L3:0=f", "MB:0=2"], new IntelRdtSpec { L3CacheSchema = "MB:0=1\nL3:0=f", MemBwSchema = "MB:0=2" }.SchemataToWrite());
        Assert.Empty(new IntelRdtSpec { L3CacheSchema = "", MemBwSchema = "" }.SchemataToWrite());
    }
}

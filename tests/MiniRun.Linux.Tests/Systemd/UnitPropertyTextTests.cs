using MiniRun.Linux.Systemd;

namespace MiniRun.Linux.Tests.Systemd;

public sealed class UnitPropertyTextTests
{
    [Theory]
    [InlineData("KillMode", "'mixed'", "KillMode", "mixed")]
    [InlineData("SendSIGHUP", "true", "SendSIGHUP", true)]
    [InlineData("CPUWeight", "uint64 5", "CPUWeight", 5UL)]
    [InlineData("OOMScore", "-5", "OOMScore", -5)]
    [InlineData("TimeoutStopUSec", "uint64 123", "TimeoutStopUSec", 123UL)]
    [InlineData("TimeoutStopSec", "uint64 7", "TimeoutStopUSec", 7_000_000UL)]
    [InlineData("TimeoutStopSec", "7", "TimeoutStopUSec", 7_000_000UL)]
    public void An_annotation_is_a_property(string name, string text, string property, object value) =>
        Assert.Equal([new UnitProperty(property, value)], Of(name, text));

    [Fact]
    public void A_list_is_one_of_texts()
    {
        UnitProperty property = Assert.Single(Of("After", "['a.service', \"b.service\"]"));

        Assert.Equal(new[] { "a.service", "b.service" }, property.Value);
    }

    [Fact]
    public void Other_annotations_are_passed_over() => Assert.Empty(UnitPropertyText.Of(new Dictionary<string, string> { ["io.example"] = "x" }));

    [Theory]
    [InlineData("KillMode", "mixed")]
    [InlineData("KillMode", "'mixed")]
    [InlineData("KillMode", "'mi\\'xed'")]
    [InlineData("KillMode", "")]
    [InlineData("After", "[a]")]
    [InlineData("CPUWeight", "uint64 -1")]
    [InlineData("CPUWeight", "double 1.5")]
    [InlineData("TimeoutStopSec", "'7'")]
    [InlineData("TimeoutStopSec", "-7")]
    [InlineData("Kill Mode", "true")]
    [InlineData("", "true")]
    public void What_is_none_is_refused(string name, string text) => Assert.Throws<MiniRunException>(() => Of(name, text));

    private static IReadOnlyList<UnitProperty> Of(string name, string text) => UnitPropertyText.Of(new Dictionary<string, string> { ["org.systemd.property." + name] = text });
}

using MiniRun.Engine.Images.Names;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Images.Names;

public sealed class PlatformTests
{
    [Theory]
    [InlineData("linux/amd64", "linux/amd64")]
    [InlineData("x86_64", "linux/amd64")]
    [InlineData("linux/aarch64", "linux/arm64")]
    [InlineData("linux/arm64/v8", "linux/arm64")]
    [InlineData("Linux/ARM/v7", "linux/arm/v7")]
    public void Is_read_in_docker_s_forms(string text, string platform) => Assert.Equal(platform, Platform.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("linux/")]
    [InlineData("a/b/c/d")]
    [InlineData("linux/am d64")]
    public void What_is_none_is_refused(string text) => Assert.Throws<MiniRunException>(() => Platform.Parse(text));

    [Fact]
    public void A_variant_counts_where_both_say_one()
    {
        Platform armv7 = Platform.Parse("linux/arm/v7");
        Assert.True(armv7.Accepts(new Platform("linux", "arm")));
        Assert.True(new Platform("linux", "arm").Accepts(armv7));
        Assert.False(armv7.Accepts(new Platform("linux", "arm", "v6")));
        Assert.False(armv7.Accepts(new Platform("linux", "arm64")));
    }
}

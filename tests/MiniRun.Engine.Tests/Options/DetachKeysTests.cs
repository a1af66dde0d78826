using MiniRun.Engine.Options;

namespace MiniRun.Engine.Tests.Options;

public sealed class DetachKeysTests
{
    [Theory]
    [InlineData("ctrl-p,ctrl-q", new byte[] { 0x10, 0x11 })]
    [InlineData("ctrl-@,a,ctrl-[,CTRL-Z", new byte[] { 0, (byte)'a', 0x1b, 0x1a })]
    [InlineData("", new byte[0])]
    public void Keys_are_read_as_docker_reads_them(string text, byte[] bytes) => Assert.Equal(bytes, DetachKeys.Parse(text, "--detach-keys"));

    [Theory]
    [InlineData("ctrl-1")]
    [InlineData("ctrl-")]
    [InlineData("aa")]
    [InlineData("a,,b")]
    [InlineData("ä")]
    public void What_is_no_key_is_refused(string text) => Assert.Contains("is no key", Assert.Throws<OptionException>(() => DetachKeys.Parse(text, "--detach-keys")).Message);
}

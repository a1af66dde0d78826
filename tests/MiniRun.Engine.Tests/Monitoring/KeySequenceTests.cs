using System.Text;
using MiniRun.Engine.Monitoring;
using MiniRun.Engine.Options;

namespace MiniRun.Engine.Tests.Monitoring;

public sealed class KeySequenceTests
{
    [Theory]
    [InlineData("ab", new[] { "xaby" }, "x", true)]
    [InlineData("ab", new[] { "a", "b" }, "", true)]
    [InlineData("ab", new[] { "a", "c" }, "ac", false)]
    [InlineData("ab", new[] { "aab" }, "a", true)]
    [InlineData("aab", new[] { "aac" }, "aac", false)]
    [InlineData("", new[] { "abc" }, "abc", false)]
    [InlineData("ab", new[] { "a" }, "", false)] // held back until the next key
    public void Keys_are_passed_on_until_the_sequence_is_whole(string keys, string[] typed, string passed, bool found)
    {
        var sequence = new KeySequence(Encoding.ASCII.GetBytes(keys));
        var output = new StringBuilder();
        bool seen = false;
        byte[] room = new byte[64];
        foreach (string chunk in typed)
        {
            int count = sequence.Filter(Encoding.ASCII.GetBytes(chunk), room, out seen);
            output.Append(Encoding.ASCII.GetString(room, 0, count));
        }

        Assert.Equal((passed, found), (output.ToString(), seen));
    }

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

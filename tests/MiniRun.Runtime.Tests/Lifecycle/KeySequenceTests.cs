using System.Text;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Runtime.Tests.Lifecycle;

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
}

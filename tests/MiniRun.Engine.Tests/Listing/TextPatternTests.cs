using MiniRun.Engine.Listing;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Listing;

public sealed class TextPatternTests
{
    [Theory]
    [InlineData("web", "web-1", true)]
    [InlineData("eb", "web-1", true)]
    [InlineData("web", "we", false)]
    [InlineData("^web", "my-web", false)]
    [InlineData("^web$", "web", true)]
    [InlineData("^web$", "web-1", false)]
    [InlineData("1$", "web-1", true)]
    [InlineData("1$", "web-12", false)]
    [InlineData("w.b", "wib", true)]
    [InlineData(@"w\.b", "wib", false)]
    [InlineData("^w.*1$", "web-1", true)]
    [InlineData("^we*b$", "wb", true)]
    [InlineData("^we*b$", "weeeb", true)]
    [InlineData("^we*b$", "wxb", false)]
    [InlineData("", "anything", true)]
    [InlineData("^$", "anything", false)]
    [InlineData("$", "x", true)]
    public void It_matches_as_a_regular_expression_does(string pattern, string text, bool matches) =>
        Assert.Equal(matches, new TextPattern(pattern, "name").Matches(text));

    [Theory]
    [InlineData("a|b")]
    [InlineData("[ab]")]
    [InlineData("a+")]
    [InlineData("*a")]
    [InlineData("a\\")]
    public void What_it_does_not_know_is_refused(string pattern) => Assert.StartsWith(
        $"invalid filter 'name={pattern}': of regular expressions, ",
        Assert.Throws<MiniRunException>(() => new TextPattern(pattern, "name")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void No_pattern_takes_long()
    {
        string pattern = "^" + string.Concat(Enumerable.Repeat("a*", 200)) + "b$";
        Assert.False(new TextPattern(pattern, "name").Matches(new string('a', 200)));
    }
}

namespace MiniRun.Linux.Tests;

public sealed class PosixRegexTests
{
    [Fact]
    public void It_matches_any_part_of_a_text()
    {
        using PosixRegex regex = new("^web-[0-9]+$|b$");

        Assert.True(regex.IsMatch("web-17"));
        Assert.True(regex.IsMatch("db"));
        Assert.False(regex.IsMatch("web-"));
    }

    [Theory]
    [InlineData("(", "\"(\" is no regular expression: Unmatched ( or \\(")]
    [InlineData("a{2,1}", "\"a{2,1}\" is no regular expression: Invalid content of \\{\\}")]
    public void What_is_no_regular_expression_is_told_with_the_reason(string pattern, string message) =>
        Assert.StartsWith(message, Assert.Throws<MiniRunException>(() => new PosixRegex(pattern)).Message, StringComparison.Ordinal);
}

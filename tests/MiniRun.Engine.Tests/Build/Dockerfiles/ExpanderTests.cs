using MiniRun.Engine.Build.Dockerfiles.Expansion;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Tests.Build.Dockerfiles;

/// <summary>Cases of BuildKit's envVarTest and of docker's reference.</summary>
public sealed class ExpanderTests
{
    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("he'll'o", "hello")]
    [InlineData("he\\'llo", "he'llo")]
    [InlineData("he\\\\'llo'", "he\\llo")]
    [InlineData("abc\\tdef", "abctdef")]
    [InlineData("'abc\\tdef'", "abc\\tdef")]
    [InlineData("\"abc\\tdef\"", "abc\\tdef")]
    [InlineData("\"he$$A\"", "he$bar")]
    [InlineData("he'$A'xx", "he$Axx")]
    [InlineData("\"he\\$A\"", "he$A")]
    [InlineData("\\$A", "$A")]
    [InlineData("$A", "bar")]
    [InlineData("${A}x$A", "barxbar")]
    [InlineData("$AB", "")]
    [InlineData("$1x", "x")]
    [InlineData("$", "$")]
    [InlineData("$ x", "$ x")]
    [InlineData("${none:-word}", "word")]
    [InlineData("${none-word}", "word")]
    [InlineData("${empty:-word}", "word")]
    [InlineData("${empty-word}", "")]
    [InlineData("${A:-word}", "bar")]
    [InlineData("${A:+word}", "word")]
    [InlineData("${empty:+word}", "")]
    [InlineData("${empty+word}", "word")]
    [InlineData("${none+word}", "")]
    [InlineData("${none:-${A}}x", "barx")]
    [InlineData("${none:-'a}b'}", "a}b")]
    [InlineData("${none:-}", "")]
    [InlineData("\"\"", "")]
    [InlineData("a\\", "a")]
    [InlineData("${A:?no}", "bar")]
    public void Words_are_expanded_as_docker_does(string word, string expected) => Assert.Equal(expected, Expand(word));

    [Theory]
    [InlineData("${", "missing '}'")]
    [InlineData("${A", "missing '}'")]
    [InlineData("${}", "bad substitution")]
    [InlineData("${:-x}", "bad substitution")]
    [InlineData("${A:-x", "looking for matching }")]
    [InlineData("${A:=x}", "unsupported modifier (:=)")]
    [InlineData("${A%x}", "unsupported modifier (%)")]
    [InlineData("${none:?}", "none: is not allowed to be unset")]
    [InlineData("${empty:?say}", "empty: say")]
    [InlineData("'a", "matching single-quote")]
    [InlineData("\"a", "matching double-quote")]
    public void What_cannot_be_expanded_is_an_error_at_the_word(string word, string message)
    {
        DockerfileException error = Assert.Throws<DockerfileException>(() => Expand(word));
        Assert.StartsWith("Dockerfile:1: failed to process", error.Message);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Nesting_has_an_end() =>
        Assert.Contains("nested", Assert.Throws<DockerfileException>(() => Expand(string.Concat(Enumerable.Repeat("${none:-", 10_000)))).Message);

    [Theory]
    [InlineData("$long$long")]
    [InlineData("\"$long$long\"")]
    [InlineData("${none:-$long$long}")]
    public void A_word_that_grows_without_end_is_an_error(string word)
    {
        string value = new('x', 600_000);
        DockerfileException error = Assert.Throws<DockerfileException>(() => Of(word).Expand(new SourceWord(word, 0), name => name == "long" ? value : null));
        Assert.Contains("longer than 1048576 characters once its variables are replaced", error.Message);
    }

    [Theory]
    [InlineData("$list \"$list\" c", "1,2,1 2,c")]
    [InlineData("''", "")]
    [InlineData("$none", "")]
    public void Values_are_split_at_blanks_where_they_stand_unquoted(string word, string expected) =>
        Assert.Equal(expected, string.Join(',', Of(word).ExpandToWords(new SourceWord(word, 0), Value)));

    [Fact]
    public void In_a_here_document_quotes_are_characters()
    {
        const string Text = "a='$A' \"${A}\" \\$A \\n \\\\\n";
        Assert.Equal("a='bar' \"bar\" $A \\n \\\n", Of(Text).ExpandText(Text, 0, Value));
    }

    [Fact]
    public void The_escape_character_may_be_a_backtick() =>
        Assert.Equal("C:\\$A", new Expander(new SourceText("D", ""), '`').Expand(new SourceWord("C:\\`$A", 0), Value));

    private static string Expand(string word) => Of(word).Expand(new SourceWord(word, 0), Value);

    private static Expander Of(string word) => new(new SourceText("Dockerfile", word), '\\');

    private static string? Value(string name) => name switch
    {
        "A" => "bar",
        "empty" => "",
        "list" => "1 2",
        _ => null,
    };
}

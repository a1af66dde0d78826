using System.Diagnostics;
using MiniRun.Cli.Output;

namespace MiniRun.Cli.Tests;

public sealed class ShellWordsTests
{
    [Theory]
    [InlineData("plain-1.2:x/y@z", "plain-1.2:x/y@z")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("--env=A=1 $x", "--env='A=1 $x'")]
    [InlineData("--env=", "--env=''")]
    [InlineData("--a b=c", "'--a b=c'")]
    [InlineData("~", "'~'")]
    public void A_word_is_quoted_where_a_shell_would_read_it_otherwise(string word, string text) => Assert.Equal(text, ShellWords.Word(word));

    [Fact]
    public void A_shell_reads_the_words_back()
    {
        string[] words = ["a b", "", "'", "\"$HOME\" `x` \\ !", "new\nline", "--env=é=*?[x] # ~", "--", "-c", "\t;&|<>(){}"];
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"printf '%s\\0' {ShellWords.Line(words)}"]) { RedirectStandardOutput = true })!;
        Assert.Equal(string.Concat(words.Select(word => word + "\0")), shell.StandardOutput.ReadToEnd());
        shell.WaitForExit();
    }
}

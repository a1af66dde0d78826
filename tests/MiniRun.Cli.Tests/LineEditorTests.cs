using System.Text;
using MiniRun.Cli.Prompts;

namespace MiniRun.Cli.Tests;

public sealed class LineEditorTests
{
    [Theory]
    [InlineData("secret\r", "secret")]
    [InlineData("secret\n", "secret")]
    [InlineData("wrong\u0015right\r", "right")]
    [InlineData("a\u007f\u007fb\r", "b")]
    [InlineData("pä€\u007f\u007f\bx\r", "x")]
    [InlineData("a\u0004\u001bb\r", "ab")]
    [InlineData("\r", "")]
    public void A_line_is_edited_as_on_a_terminal(string typed, string text)
    {
        LineEditor line = new();
        byte[] keys = Encoding.UTF8.GetBytes(typed);
        Assert.Equal(keys.Length - 1, Array.FindIndex(keys, line.Type));
        Assert.Equal(text, line.Text);
    }

    [Theory]
    [InlineData("abc\u0003")]
    [InlineData("\u0004")]
    public void Ctrl_C_and_an_early_end_break_it_off(string typed)
    {
        LineEditor line = new();
        Assert.Throws<OperationCanceledException>(() => Array.ForEach(Encoding.UTF8.GetBytes(typed), key => line.Type(key)));
    }

    [Fact]
    public void A_line_has_a_longest_length()
    {
        LineEditor line = new();
        for (int i = 0; i < 10_000; i++)
        {
            line.Type((byte)'x');
        }

        Assert.Equal(4096, line.Text.Length);
    }
}

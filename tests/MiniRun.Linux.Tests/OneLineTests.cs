namespace MiniRun.Linux.Tests;

/// <summary>Messages as a terminal gets them.</summary>
public sealed class OneLineTests
{
    [Theory]
    [InlineData("exec: \"prögramm\": no such file", "exec: \"prögramm\": no such file")]
    [InlineData("", "")]
    [InlineData("its interpreter '/bin/\u001b]0;x\u0007sh' is missing", @"its interpreter '/bin/\x1b]0;x\x07sh' is missing")]
    [InlineData("two\r\nlines\nhere", "two lines here")]
    [InlineData("a\u009bred\u202etxt.exe", @"a\x9bred\u202etxt.exe")]
    public void AMessageIsOneLineATerminalDoesNotObey(string message, string shown) => Assert.Equal(shown, OneLine.Of(message));
}

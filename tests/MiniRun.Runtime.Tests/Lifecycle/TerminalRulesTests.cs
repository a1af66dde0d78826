using MiniRun.Linux;
using MiniRun.Runtime.Lifecycle;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Lifecycle;

public sealed class TerminalRulesTests
{
    [Theory]
    [InlineData(true, true, true, true)]
    [InlineData(true, false, false, true)]
    [InlineData(false, false, true, true)]
    [InlineData(true, false, true, false)]
    [InlineData(false, true, true, false)]
    [InlineData(true, true, false, false)]
    public void Somebody_must_hold_the_terminal_and_only_one(bool terminal, bool socket, bool detach, bool allowed)
    {
        ProcessSpec process = new() { Cwd = "/", Terminal = terminal };
        Action check = () => TerminalRules.Check(process, socket ? "/s" : null, detach);

        if (allowed)
        {
            check();
        }
        else
        {
            Assert.Throws<MiniRunException>(check);
        }
    }
}

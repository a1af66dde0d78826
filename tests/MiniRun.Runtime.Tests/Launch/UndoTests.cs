using MiniRun.Linux;
using MiniRun.Runtime.Launch;

namespace MiniRun.Runtime.Tests.Launch;

public sealed class UndoTests
{
    [Fact]
    public void What_was_done_last_is_undone_first()
    {
        List<int> order = [];
        Undo undo = new();
        undo.Add(() => order.Add(1));
        undo.Add(() => order.Add(2));

        undo.After(new MiniRunException("x"));

        Assert.Equal([2, 1], order);
    }

    [Fact]
    public void The_first_failure_stays_first_and_a_failed_clean_up_is_attached()
    {
        bool reached = false;
        Undo undo = new();
        undo.Add(() => reached = true);
        undo.Add(() => throw new MiniRunException("rmdir /x: busy"));

        Exception e = undo.After(new LaunchException("mount /y: not permitted", 126));

        Assert.True(reached);
        Assert.Equal(126, Assert.IsType<LaunchException>(e).ProgramExitCode);
        Assert.Equal("mount /y: not permitted (and not undone: rmdir /x: busy)", e.Message);
    }

    [Fact]
    public void What_is_done_is_not_undone()
    {
        Undo undo = new();
        undo.Add(() => Assert.Fail("undone"));
        undo.Forget();

        Assert.IsType<LaunchException>(undo.After(new MiniRunException("x")));
    }
}

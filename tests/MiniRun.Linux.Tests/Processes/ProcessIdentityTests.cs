using System.Diagnostics;
using System.Text;
using MiniRun.Linux.Processes;

namespace MiniRun.Linux.Tests.Processes;

public class ProcessIdentityTests
{
    [Fact]
    public void A_running_process_is_alive_and_opens()
    {
        ProcessIdentity self = ProcessIdentity.Of(Environment.ProcessId);
        Assert.True(self.IsAlive());
        using Pidfd? process = self.Open();
        Assert.True(process!.Signal(0));
    }

    [Fact]
    public void The_same_number_with_another_start_time_is_another_process()
    {
        ProcessIdentity self = ProcessIdentity.Of(Environment.ProcessId);
        Assert.False((self with { StartTime = self.StartTime + 1 }).IsAlive());
    }

    [Fact]
    public void The_same_number_and_time_of_another_boot_is_another_process()
    {
        ProcessIdentity self = ProcessIdentity.Of(Environment.ProcessId);
        Assert.False((self with { BootId = "00000000-0000-0000-0000-000000000000" }).IsAlive());
    }

    [Fact]
    public void A_process_that_ended_is_not_alive()
    {
        using Process child = Process.Start("sleep", "60");
        ProcessIdentity identity = ProcessIdentity.Of(child.Id);
        using (Pidfd? process = identity.Open())
        {
            Assert.True(process!.Signal(Signals.SIGKILL));
        }

        child.WaitForExit();
        Assert.False(identity.IsAlive());
    }

    [Theory]
    [InlineData("1 (sh) S 0 1 1 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 4711 100 200", 4711UL)]
    [InlineData("1 (a) Z 9 b) S 0 1 1 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 4711 100", 4711UL)]
    [InlineData("1 (x\n) (y) S 0 1 1 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 18446744073709551615 100", ulong.MaxValue)]
    public void The_start_time_is_found_whatever_the_processes_name_is(string stat, ulong expected)
    {
        Assert.Equal(expected, ProcessIdentity.ParseStartTime(Encoding.ASCII.GetBytes(stat), out char state));
        Assert.Equal('S', state);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 (sh)")]
    [InlineData("1 (sh) S 0 1 1")]
    [InlineData("1 (sh) S 0 1 1 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 x")]
    public void A_text_without_a_start_time_has_none(string stat)
    {
        Assert.Null(ProcessIdentity.ParseStartTime(Encoding.ASCII.GetBytes(stat), out _));
    }

    [Fact]
    public void No_process_has_number_zero_or_below()
    {
        Assert.Null(new ProcessIdentity(0, 0, ProcessIdentity.CurrentBootId()).Open());
        Assert.Null(new ProcessIdentity(-1, 0, ProcessIdentity.CurrentBootId()).Open());
    }
}

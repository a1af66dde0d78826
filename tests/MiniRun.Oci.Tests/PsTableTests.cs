using MiniRun.Linux;
using MiniRun.Oci.Output;

namespace MiniRun.Oci.Tests;

public sealed class PsTableTests
{
    private const string Table = """
        UID          PID    PPID CMD
        root           1       0 init
        root          17       1 sh -c 42
        root          42      17 sleep 17

        """;

    [Fact]
    public void Only_the_lines_whose_pid_is_the_containers_are_kept()
    {
        Assert.Equal(["UID          PID    PPID CMD", "root          42      17 sleep 17", ""], PsTable.Filter(Table, new HashSet<int> { 42 }).Split('\n'));
    }

    [Fact]
    public void A_table_without_pids_is_refused()
    {
        Assert.Throws<MiniRunException>(() => PsTable.Filter("UID CMD\nroot init\n", new HashSet<int> { 1 }));
        Assert.Throws<MiniRunException>(() => PsTable.Filter("", new HashSet<int>()));
    }
}

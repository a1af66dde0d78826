using MiniRun.Engine.Containers;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Containers;

public sealed class ProcessTableTests
{
    private const string Output = "UID          PID    PPID CMD\nroot           1       0 /sbin/init splash\nroot          42       1 sleep 10 20\nroot         421       1 other\n";

    [Fact]
    public void The_rows_of_the_containers_processes_are_kept_and_their_last_column_whole()
    {
        ProcessTable table = ProcessTable.Of(Output, new HashSet<int> { 42, 7 });
        Assert.Equal(["UID", "PID", "PPID", "CMD"], table.Titles);
        Assert.Equal(["root", "42", "1", "sleep 10 20"], Assert.Single(table.Rows));
    }

    [Fact]
    public void A_row_with_fewer_fields_than_columns_has_empty_cells() =>
        Assert.Equal(["42", ""], Assert.Single(ProcessTable.Of("PID WCHAN\n42\n", new HashSet<int> { 42 }).Rows));

    [Fact]
    public void A_name_is_shown_and_not_obeyed() =>
        Assert.Equal("\\x1b[2Jx", Assert.Single(ProcessTable.Of("PID CMD\n1 \u001b[2Jx\n", new HashSet<int> { 1 }).Rows)[1]);

    [Theory]
    [InlineData("COMMAND PID\nsh 42\n", "sh|42")]
    [InlineData("COMMAND PID\nsh 1 42\n", "sh 1|42")]
    [InlineData("COMMAND PID\n42\n", "|42")]
    [InlineData("COMMAND PID CMD\na 1 b 42 sh -c x\n", "a 1 b|42|sh -c x")]
    [InlineData("PID PPID COMMAND\n42 7 a 7 b\n", "42|7|a 7 b")]
    [InlineData("PID TTY TIME CMD\n- - 0:00 -\n", "-|-|0:00|-")]
    public void What_was_asked_for_by_pid_is_all_shown_with_its_pid_whatever_name_it_has_chosen(string output, string row) =>
        Assert.Equal(row, string.Join('|', Assert.Single(ProcessTable.OfAsked(output, new HashSet<int> { 42 }).Rows)));

    [Theory]
    [InlineData("")]
    [InlineData("COMMAND\nsh\n")]
    public void Output_without_pids_is_refused(string output) =>
        Assert.Contains("Couldn't find PID field in ps output", Assert.Throws<MiniRunException>(() => ProcessTable.Of(output, new HashSet<int>())).Message);
}

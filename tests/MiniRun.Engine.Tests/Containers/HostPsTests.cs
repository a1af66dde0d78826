using MiniRun.Engine.Containers;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Containers;

/// <summary>A script in the place of ps, which notes how it was called.</summary>
public sealed class HostPsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minirun-ps-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Only_the_containers_processes_are_asked_for()
    {
        HostPs ps = Script("echo PID CMD; echo 7 one; echo 8 two");
        Assert.Equal(["7 one", "8 two"], Rows(ps.Show([7, 8], ["-ef"])));
        Assert.Equal("-ef -q7,8\n", Calls());
    }

    [Fact]
    public void Those_that_have_ended_are_no_refusal()
    {
        HostPs ps = Script("echo PID CMD; exit 1");
        Assert.Empty(ps.Show([7], ["-ef"]).Rows);
        Assert.Equal("-ef -q7\n", Calls());
    }

    [Theory]
    [InlineData("echo 'error:' >&2; echo 'q/-q/--quick-pid cannot be used together with forest type listings.' >&2; exit 1")]
    [InlineData("echo \"ps: unrecognized option: q\" >&2; exit 1")]
    public void What_refuses_pids_is_asked_for_all(string refusal)
    {
        HostPs ps = Script($"case \"$*\" in *-q*) {refusal};; esac; echo PID CMD; echo 1 init; echo 7 one");
        Assert.Equal(["7 one"], Rows(ps.Show([7], ["-ef", "f"])));
        Assert.Equal("-ef f -q7\n-ef f\n", Calls());
    }

    [Fact]
    public void What_refuses_the_options_is_quoted() => Assert.Equal(
        "ps -x: no such option",
        Assert.Throws<MiniRunException>(() => Script("echo no such option; exit 1").Show([7], ["-x"])).Message);

    [Fact]
    public void Of_a_flood_the_first_rows_are_shown()
    {
        HostPs ps = Script("echo PID CMD; echo 7 one; while echo 8 flooooooooooooooooooood; do :; done", largest: 10_000);
        ProcessTable table = ps.Show([7, 8], ["-ef"]);
        Assert.True(table.IsCut);
        Assert.InRange(table.Rows.Count, 300, 500);
        Assert.Equal("7 one", Rows(table)[0]);
        Assert.All(Rows(table)[1..], row => Assert.Equal("8 flooooooooooooooooooood", row));
    }

    [Fact]
    public void Many_are_asked_for_in_turns()
    {
        HostPs ps = Script("echo PID; echo ${*#*-q} | tr , '\\n'");
        int[] pids = [.. Enumerable.Range(1000, 25_000)];
        Assert.Equal(pids.Length, ps.Show(pids, ["-e"]).Rows.Count);
        Assert.Equal(3, Calls().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private HostPs Script(string body, int largest = 1 << 20)
    {
        string path = $"{_folder}/ps";
        File.WriteAllText(path, $"#!/bin/sh\necho \"$*\" >> {_folder}/calls\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new HostPs(path, largest);
    }

    private string Calls() => File.ReadAllText($"{_folder}/calls");

    private static string[] Rows(ProcessTable table) => [.. table.Rows.Select(static row => string.Join(' ', row))];
}

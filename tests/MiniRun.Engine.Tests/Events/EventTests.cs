using System.Diagnostics;
using System.Text;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Events;
using MiniRun.Engine.Logs;
using MiniRun.Linux;
using MiniRun.Runtime;

namespace MiniRun.Engine.Tests.Events;

public sealed class EventTests : IDisposable
{
    private static readonly string s_id = new('a', 64);

    private readonly string _folder = Directory.CreateTempSubdirectory("minirun-events-").FullName;
    private readonly DataRoot _data;
    private readonly EventLog _log;

    public EventTests()
    {
        _data = DataRoot.Of(_folder, isRoot: true, _ => null);
        _log = new EventLog(_data);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Path => $"{_folder}/{EventLog.Name}";

    private static ContainerRecord Container(params string[] run) => new()
    {
        Id = ContainerId.Parse(s_id),
        Name = "web",
        Image = "busybox:1",
        Command = ["sh"],
        Created = DateTimeOffset.UnixEpoch,
        Run = run.Length > 0 ? run : ["busybox:1"],
    };

    private List<LoggedEvent> Past() => [.. new EventReader(_data).Read(null, LogTime.Now)];

    [Fact]
    public void A_line_has_dockers_shape()
    {
        string line = Encoding.UTF8.GetString(EventLine.Of("container", "die", "i", "busybox", [new("name", "w\"\n"), new("exitCode", "3")], new LogTime(1_700_000_000_123_456_700)));
        Assert.Equal(
            """{"status":"die","id":"i","from":"busybox","Type":"container","Action":"die","Actor":{"ID":"i","Attributes":{"exitCode":"3","name":"w\"\n"}},"scope":"local","time":1700000000,"timeNano":1700000000123456700}""" + "\n",
            line);
        LoggedEvent read = LoggedEvent.TryRead(Encoding.UTF8.GetBytes(line.TrimEnd()))!;
        Assert.Equal(line.TrimEnd('\n'), read.ToJson());
        Assert.Equal("2023-11-14T22:13:20.123456700Z container die i (exitCode=3, name=w\" )", read.ToString());
    }

    [Fact]
    public void What_happens_is_read_again_in_its_order_with_labels_but_not_of_builds()
    {
        _log.Container(Container("--label=a=b=c", "--label=name=no", "--env=X=y", "busybox:1", "--label=d=e"), "create");
        _log.Container(Container() with { Run = [] }, "start");
        _log.Container(null, "start");
        _log.Ended(Container(), 137, outOfMemory: true);
        _log.Signalled(Container(), 9);
        _log.Image("pull", "busybox:1", "busybox:1");
        _log.Volume("create", "v");
        List<LoggedEvent> events = Past();
        Assert.Equal(["create", "oom", "die", "kill", "pull", "create"], events.Select(happened => happened.Action));
        Assert.Equal([new("a", "b=c"), new("image", "busybox:1"), new("name", "web")], events[0].Attributes);
        Assert.Equal(("137", "9"), (events[2].Attribute("exitCode"), events[3].Attribute("signal")));
        Assert.Equal(("volume", "v", (string?)null), (events[5].Type, events[5].Id, events[5].From));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public void Damaged_lines_hide_no_others()
    {
        _log.Image("pull", "a", null);
        File.AppendAllText(Path, "{\"Type\":\n[]\n{}\n\n");
        _log.Image("tag", "b", null);
        Assert.Equal(["pull", "tag"], Past().Select(happened => happened.Action));
    }

    [Fact]
    public void A_full_file_makes_room_and_both_are_read()
    {
        _log.Image("first", "a", null);
        using (FileStream file = new(Path, FileMode.Append))
        {
            file.Write(Encoding.ASCII.GetBytes(new string('\n', EventLog.MaxSize)));
        }

        _log.Image("second", "a", null);
        Assert.False(File.Exists(Path));
        _log.Image("third", "a", null);
        Assert.Equal(["first", "second", "third"], Past().Select(happened => happened.Action));
        Assert.True(File.Exists($"{_folder}/{EventLog.OlderName}"));
    }

    [Fact]
    public void Since_and_until_bound_what_is_shown()
    {
        _log.Image("before", "a", null);
        Thread.Sleep(5);
        LogTime middle = LogTime.Now;
        Thread.Sleep(5);
        _log.Image("after", "a", null);
        Assert.Equal(["after"], new EventReader(_data).Read(middle, LogTime.Now).Select(happened => happened.Action));
        Assert.Equal(["before"], new EventReader(_data).Read(null, middle).Select(happened => happened.Action));
    }

    [Fact]
    public async Task What_comes_is_followed_over_a_rotation()
    {
        _log.Image("old", "a", null);
        LogTime now = LogTime.Now;
        Task<List<string>> reading = Task.Run(() => new EventReader(_data).Read(now, now.Plus(60_000_000_000)).Select(happened => happened.Action).Take(2).ToList());
        await Task.Delay(100);
        _log.Image("first", "a", null);
        File.Move(Path, $"{_folder}/{EventLog.OlderName}");
        _log.Image("second", "a", null);
        Assert.Equal(["first", "second"], await reading);
    }

    [Fact]
    public void A_data_root_that_cannot_be_written_fails_nobody() =>
        new EventLog(DataRoot.Of("/proc/nowhere", isRoot: true, _ => null)).Image("pull", "a", null);

    [Fact]
    public void What_stands_in_the_place_of_the_file_fails_nobody()
    {
        Directory.CreateDirectory(Path);
        _log.Image("pull", "a", null);
        Directory.Delete(Path);
        File.CreateSymbolicLink(Path, $"{_folder}/elsewhere");
        _log.Image("pull", "a", null);
        Assert.False(File.Exists($"{_folder}/elsewhere"));
        File.Delete(Path);
        File.CreateSymbolicLink(Path, "/dev/full");
        _log.Image("pull", "a", null);
        File.Delete(Path);
        using (Process made = Process.Start("mkfifo", Path))
        {
            made.WaitForExit();
        }

        _log.Image("pull", "a", null);
    }

    [Fact]
    public void Text_that_is_no_unicode_fails_nobody()
    {
        _log.Image("pull", "a\ud800b", null);
        Assert.Equal("a\ufffdb", Assert.Single(Past()).Id);
    }

    [Theory]
    [InlineData("type=container", true)]
    [InlineData("type=image", false)]
    [InlineData("event=exec_create", true)]
    [InlineData("event=exec_create: ls", true)]
    [InlineData("event=exec", false)]
    [InlineData("container=web", true)]
    [InlineData("container=/web", true)]
    [InlineData("container=aaaa", true)]
    [InlineData("container=we", false)]
    [InlineData("image=busybox", true)]
    [InlineData("image=busybox:1", true)]
    [InlineData("image=busybox:2", false)]
    [InlineData("label=a", true)]
    [InlineData("label=a=b", true)]
    [InlineData("label=a=c", false)]
    [InlineData("scope=local", true)]
    [InlineData("daemon=x", false)]
    [InlineData("event=die,event=exec_create", true)]
    [InlineData("event=exec_create,type=image", false)]
    public void Filters_of_one_key_are_alternatives_and_all_keys_must_fit(string filters, bool fits)
    {
        _log.Container(Container("--label=a=b", "busybox:1"), "exec_create: ls");
        Assert.Equal(fits, EventFilter.Parse(filters.Split(',')).Fits(Assert.Single(Past())));
    }

    [Theory]
    [InlineData("name=web", "invalid filter 'name'")]
    [InlineData("event", "bad format of filter")]
    public void Other_filters_are_refused(string filter, string part) =>
        Assert.Contains(part, Assert.Throws<MiniRunException>(() => EventFilter.Parse([filter])).Message);
}

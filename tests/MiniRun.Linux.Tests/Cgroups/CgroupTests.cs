using System.Diagnostics;
using System.Globalization;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Tests.Cgroups;

/// <summary>Real cgroups without controllers, which every host with a cgroup2 mount has.</summary>
public sealed class CgroupTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CgroupHost _host = CgroupHost.Detect();
    private readonly CgroupPath _parent = CgroupPath.Root.Child($"minirun-test-{Environment.ProcessId}-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (_host.MountPoint is not null && Cgroup.TryOpen(_host, _parent) is { } left)
        {
            left.Kill();
            left.Remove(Patience, emptyParents: false);
        }
    }

    [CgroupFact]
    public void Parents_are_made_on_the_way_and_removed_when_empty()
    {
        using Cgroup first = Cgroup.Create(_host, _parent.Child("a"), []);
        using Cgroup second = Cgroup.Create(_host, _parent.Child("b"), []);
        first.Remove(Patience, emptyParents: true);
        Assert.True(Directory.Exists(_host.FolderOf(_parent)));
        second.Remove(Patience, emptyParents: true);
        Assert.False(Directory.Exists(_host.FolderOf(_parent)));
    }

    [CgroupFact]
    public void What_is_not_there_opens_as_null() => Assert.Null(Cgroup.TryOpen(_host, _parent.Child("none")));

    [CgroupFact]
    public void Freezing_stops_processes_and_thawing_lets_them_go_on()
    {
        using Cgroup cgroup = Cgroup.Create(_host, _parent, []);
        using Process sleeper = StartIn(cgroup.Folder, "while :; do :; done");
        Assert.True(cgroup.Populated);
        Assert.Equal([sleeper.Id], cgroup.Processes());
        cgroup.Freeze();
        Assert.True(cgroup.Frozen);
        TimeSpan before = sleeper.TotalProcessorTime;
        Thread.Sleep(50);
        sleeper.Refresh();
        Assert.Equal(before, sleeper.TotalProcessorTime);
        cgroup.Thaw();
        Assert.False(cgroup.Frozen);
        cgroup.Kill();
        sleeper.WaitForExit();
    }

    [CgroupFact]
    public void Present_values_are_taken_line_by_line_as_they_can_be_written_again()
    {
        using Cgroup cgroup = Cgroup.Create(_host, _parent, []);
        Assert.Equal(
            [new CgroupWrite("cgroup.events", "populated 0"), new CgroupWrite("cgroup.events", "frozen 0"), new CgroupWrite("cgroup.freeze", "0")],
            CgroupChange.Present(cgroup, [new("cgroup.events", ""), new("cgroup.freeze", ""), new("no.such", "")]));
    }

    [CgroupFact]
    public void Killing_reaches_nested_cgroups_and_removal_takes_them_all()
    {
        using Cgroup cgroup = Cgroup.Create(_host, _parent, []);
        string nested = cgroup.Folder;
        for (int level = 0; level < 40; level++)
        {
            nested += "/n";
            Directory.CreateDirectory(nested);
            Directory.CreateDirectory(nested + "/side");
        }

        using Process deep = StartIn(nested, "exec sleep 1000");
        using Process top = StartIn(cgroup.Folder, "exec sleep 1000");
        Assert.Equal(new[] { deep.Id, top.Id }.Order(), cgroup.Processes().Order());
        cgroup.Kill();
        deep.WaitForExit();
        top.WaitForExit();
        Assert.True(cgroup.WaitUntilEmpty(Patience));
        cgroup.Remove(Patience, emptyParents: false);
        Assert.False(Directory.Exists(cgroup.Folder));
    }

    [CgroupFact]
    public void A_name_that_is_no_text_is_seen_and_removed_like_any()
    {
        using Cgroup cgroup = Cgroup.Create(_host, _parent, []);
        using Process inside = StartIn(cgroup.Folder, $@"cd '{cgroup.Folder}' && bad=$(printf '\377x') && mkdir -p ""$bad/n"" && echo $$ > ""$bad/n/cgroup.procs"" && exec sleep 1000");
        string file = $"/proc/{inside.Id}/comm";
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText(file) == "sleep\n", Patience));
        Assert.Equal([inside.Id], cgroup.Processes());
        cgroup.Kill();
        inside.WaitForExit();
        cgroup.Remove(Patience, emptyParents: false);
        Assert.False(Directory.Exists(cgroup.Folder));
    }

    [CgroupFact]
    public void Removing_a_cgroup_in_use_names_the_processes()
    {
        using Cgroup cgroup = Cgroup.Create(_host, _parent, []);
        using Process sleeper = StartIn(cgroup.Folder, "exec sleep 1000");
        string message = Assert.Throws<MiniRunException>(() => cgroup.Remove(TimeSpan.FromMilliseconds(20), emptyParents: false)).Message;
        Assert.Contains(sleeper.Id.ToString(CultureInfo.InvariantCulture), message, StringComparison.Ordinal);
        cgroup.Kill();
        sleeper.WaitForExit();
    }

    [CgroupFact]
    public void A_missing_file_is_named_with_its_controller()
    {
        using Cgroup cgroup = Cgroup.Create(_host, _parent, []);
        string message = Assert.Throws<MiniRunException>(() => cgroup.Write(new("future.max", "1"))).Message;
        Assert.Contains($"{cgroup.Folder}/future.max", message, StringComparison.Ordinal);
        Assert.Contains("future controller", message, StringComparison.Ordinal);
    }

    [CgroupFact]
    public void A_controller_the_cgroup_above_has_not_is_refused_by_name()
    {
        string message = Assert.Throws<MiniRunException>(() => Cgroup.Create(_host, _parent.Child("a"), ["nonesuch"])).Message;
        Assert.Contains("enable the nonesuch controller", message, StringComparison.Ordinal);
    }

    [CgroupFact]
    public void Parallel_making_and_removing_below_one_parent_never_fails()
    {
        Parallel.For(0, 8, worker =>
        {
            for (int round = 0; round < 25; round++)
            {
                using Cgroup cgroup = Cgroup.Create(_host, _parent.Child($"c{worker}"), []);
                cgroup.Remove(Patience, emptyParents: true);
            }
        });
        Assert.False(Directory.Exists(_host.FolderOf(_parent)));
    }

    [CgroupFact]
    public void The_kernel_takes_device_programs_and_enforces_them()
    {
        using Cgroup cgroup = Cgroup.Create(_host, _parent, []);
        DeviceFilter.Attach(cgroup, DeviceProgram.Compile(
        [
            new(false, 'a', null, null, DeviceAccess.All),
            new(true, 'c', 1, 3, DeviceAccess.All),
            new(true, 'c', 1, 5, DeviceAccess.All),
            new(false, 'c', 1, 5, DeviceAccess.Write),
        ]));
        using Process shell = StartIn(cgroup.Folder, "echo x > /dev/null && head -c1 /dev/zero >/dev/null && ! head -c1 /dev/urandom 2>/dev/null && ! (echo x > /dev/zero) 2>/dev/null");
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    [CgroupFact]
    public void A_hundred_device_rules_load()
    {
        DeviceRule[] rules = [.. Enumerable.Range(0, 200).Select(number => new DeviceRule(number % 3 != 0, number % 2 == 0 ? 'b' : 'c', number, number % 5 == 0 ? null : number, (DeviceAccess)(1 + (number % 7))))];
        using FileDescriptor program = DeviceFilter.Load(DeviceProgram.Compile(rules));
        Assert.False(program.IsInvalid);
    }

    [CgroupFact]
    public void The_verifiers_words_are_in_the_message()
    {
        // An exit with nothing in r0.
        byte[] program = [0x95, 0, 0, 0, 0, 0, 0, 0];
        Assert.Contains("R0 !read_ok", Assert.Throws<MiniRunException>(() => DeviceFilter.Load(program).Dispose()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Event_files_are_read_by_whole_keys()
    {
        Assert.Equal(3, CgroupEvents.Value("low 1\noom 2\noom_kill 3\noom_group_kill 4\n", "oom_kill"));
        Assert.Equal(2, CgroupEvents.Value("low 1\noom 2\noom_kill 3\n", "oom"));
        Assert.Equal(0, CgroupEvents.Value("low x\n", "low"));
        Assert.Equal(0, CgroupEvents.Value("", "low"));
    }

    private static Process StartIn(string folder, string script)
    {
        ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("read line; " + script);
        start.RedirectStandardInput = true;
        Process process = Process.Start(start)!;
        File.WriteAllText(folder + "/cgroup.procs", process.Id.ToString(CultureInfo.InvariantCulture));
        process.StandardInput.WriteLine();
        process.StandardInput.Close();
        return process;
    }
}

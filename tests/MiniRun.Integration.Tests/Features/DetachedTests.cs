using System.Globalization;
using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>Containers that outlive the command that started them, and the monitors beside them.</summary>
[Collection(ContainerTests.Name)]
public sealed class DetachedTests(ContainerHost host)
{
    [Fact]
    public void A_detached_container_is_listed_logged_waited_for_and_removed()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string id = host.Run("run", "-d", "--name=job", "busybox", "sh", "-c", "echo out; echo err >&2; while [ ! -e /go ]; do sleep 0.05; done; exit 7").Succeeded();
        Assert.Matches("^[0-9a-f]{64}$", id);
        Assert.Contains("Up", Row("job"));

        using RunningProgram wait = host.Start("wait", "job");
        host.Run("exec", "job", "touch", "/go").Succeeded();

        Assert.Equal("7", wait.Wait().Succeeded());
        Assert.Equal("7", host.Run("wait", "job").Succeeded());
        Assert.Contains("Exited (7)", Row("job"));
        Assert.Equal(
            [("out\n", "stdout"), ("err\n", "stderr")],
            File.ReadLines($"{host.Data}/containers/{id}/{id}-json.log").Select(line => JsonDocument.Parse(line).RootElement).Select(entry => (entry.GetProperty("log").GetString()!, entry.GetProperty("stream").GetString()!)));
        host.Run("rm", "job").Succeeded();
        before.AssertUnchanged(host, "a detached container");
    }

    [Fact]
    public void A_container_is_created_started_stopped_and_started_again()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string id = host.Run("create", "--name=again", "-i", "busybox", "sh", "-c", "cat; n=$(cat /count 2>/dev/null); echo $((${n:-0}+1)) | tee /count").Succeeded();
        Assert.Contains("Created", Row("again"));
        foreach (int run in (int[])[1, 2])
        {
            using RunningProgram start = host.Start("start", "-ai", "again");
            start.Input.Write("typed\n");
            Assert.Equal($"typed\n{run}", start.Wait().Succeeded()); // its files stay
        }

        Assert.StartsWith(id[..12], Row("again"), StringComparison.Ordinal);
        host.Run("rm", "again").Succeeded();
        before.AssertUnchanged(host, "a container that was started twice");
    }

    [Fact]
    public void Stop_asks_with_the_containers_signal_and_kills_what_does_not_listen()
    {
        host.Run("run", "-d", "--name=polite", "--stop-signal=USR1", "busybox", "sh", "-c", "trap 'exit 4' USR1; while :; do sleep 0.05; done").Succeeded();
        host.Run("run", "-d", "--name=deaf", "--stop-timeout=1", "busybox", "sh", "-c", "trap '' TERM; while :; do sleep 0.05; done").Succeeded();
        Thread.Sleep(200); // until the traps are set
        Assert.Equal("polite\ndeaf", host.Run("stop", "polite", "deaf").Succeeded());
        Assert.Contains("Exited (4)", Row("polite"));
        Assert.Contains("Exited (137)", Row("deaf"));
        Assert.Equal("polite", host.Run("stop", "polite").Succeeded()); // as docker: nothing to do is no error
        host.Run("rm", "polite", "deaf").Succeeded();
    }

    [Fact]
    public void A_restart_policy_brings_a_program_back_but_not_a_stopped_one()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        host.Run("run", "-d", "--name=tries", "--restart=on-failure:2", "busybox", "sh", "-c", "echo x >> /runs; exit 1").Succeeded();
        Eventually.True(() => Row("tries").Contains("Exited (1)", StringComparison.Ordinal), () => Row("tries"));
        Assert.Equal(2, Life("tries").GetProperty("restarts").GetInt32());

        host.Run("run", "-d", "--name=always", "--restart=always", "busybox", "sleep", "1000").Succeeded();
        host.Run("kill", "-s", "TERM", "always").Succeeded(); // pid 1 without a handler: nothing happens
        host.Run("stop", "-t", "0", "always").Succeeded();
        Assert.Contains("Exited (137)", Row("always"));
        Thread.Sleep(500);
        Assert.Contains("Exited (137)", Row("always"));

        host.Run("start", "always").Succeeded();
        host.Run("exec", "always", "sh", "-c", "kill -9 -1; true");
        Assert.Contains("Up", Row("always"));
        host.Run("rm", "-f", "always", "tries").Succeeded();
        before.AssertUnchanged(host, "restarted containers");
    }

    [Fact]
    public void A_container_that_cannot_be_started_leaves_nothing_of_run_and_itself_of_start()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        host.Run("run", "-d", "busybox", "no-such-program").FailedInOneLine(127, "no-such-program", "not found");
        host.Run("run", "busybox", "/etc").FailedInOneLine(126, "/etc");
        before.AssertUnchanged(host, "containers that could not be started");

        host.Run("create", "--name=stuck", "busybox", "no-such-program").Succeeded();
        host.Run("start", "stuck").FailedInOneLine(1, "no-such-program");
        Assert.Contains("stuck", Row("stuck"));
        host.Run("rm", "stuck").Succeeded();
        before.AssertUnchanged(host, "a container that could not be started");
    }

    [Fact]
    public void Paused_containers_stand_still_and_are_stopped_all_the_same()
    {
        host.Run("run", "-d", "--name=still", "busybox", "sleep", "1000").Succeeded();
        host.Run("pause", "still").Succeeded();
        Assert.Contains("(Paused)", Row("still"));
        host.Run("pause", "still").FailedInOneLine(1, "already paused");
        host.Run("exec", "still", "true").FailedInOneLine(1, "still");
        host.Run("unpause", "still").Succeeded();
        host.Run("unpause", "still").FailedInOneLine(1, "is not paused");
        host.Run("pause", "still").Succeeded();
        host.Run("stop", "-t", "0", "still").Succeeded();
        Assert.Contains("Exited (137)", Row("still"));
        host.Run("rm", "still").Succeeded();
    }

    [Fact]
    public void Several_who_attach_see_the_same_and_one_types()
    {
        host.Run("run", "-d", "-i", "--name=talk", "busybox", "sh", "-c", "while read -r line; do echo \"heard $line\"; done").Succeeded();
        using RunningProgram listener = host.Start("attach", "--no-stdin", "talk");
        using RunningProgram speaker = host.Start("attach", "talk");
        Thread.Sleep(300); // until both are attached
        speaker.Input.Write("one\n");
        speaker.Input.Flush();
        listener.WaitForOutput("heard one");
        speaker.WaitForOutput("heard one");
        host.Run("stop", "-t", "0", "talk").Succeeded();
        Assert.Equal(137, listener.Wait().Status);
        Assert.Equal(137, speaker.Wait().Status);
        host.Run("rm", "talk").Succeeded();
    }

    [Fact]
    public void A_reader_that_does_not_read_never_makes_the_program_wait()
    {
        host.Run("run", "-d", "--name=loud", "--log-driver=none", "busybox", "sh", "-c", "while [ ! -e /go ]; do sleep 0.05; done; head -c 8000000 /dev/zero; touch /done; sleep 1000").Succeeded();
        // A pipe that nobody reads: attach stands still after 64 KiB, the program does not.
        ProgramResult result = host.Bash(
            "$MINIRUN attach --no-stdin loud > >(sleep 3; wc -c) & sleep 0.3; $MINIRUN exec loud touch /go; for i in $(seq 100); do $MINIRUN exec loud test -e /done && break; sleep 0.02; done; $MINIRUN exec loud test -e /done && echo done; $MINIRUN stop -t 0 loud >/dev/null; wait; sleep 0.5");
        Assert.Equal("done\n8000000\n", result.Output);
        host.Run("rm", "loud").Succeeded();
    }

    [Theory]
    [InlineData("exec 3< /proc/self/fd/1; while :; do echo x; head -c 2 <&3 > /dev/null; done")] // takes back what poll has announced
    [InlineData("exec 3> /proc/self/fd/0; yes >&3 & yes")] // fills its own input
    public void A_program_that_plays_with_its_streams_cannot_hold_its_monitor(string script)
    {
        HostSnapshot before = HostSnapshot.Take(host);
        host.Run("run", "-d", "-i", "--name=hostile", "--log-driver=none", "busybox", "sh", "-c", script).Succeeded();
        for (int round = 0; round < 20; round++)
        {
            using RunningProgram typing = host.Start("attach", "hostile");
            typing.Input.Write("typed\n");
            Thread.Sleep(20);
            typing.Signal(Kernel.SIGKILL);
        }

        host.Run("stop", "-t", "0", "hostile").Succeeded();
        host.Run("rm", "hostile").Succeeded();
        before.AssertUnchanged(host, "a hostile program");
    }

    [Fact]
    public void A_monitor_that_does_not_answer_keeps_nobody_from_ending_its_container()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string id = host.Run("run", "-d", "--name=frozen", "--restart=always", "busybox", "sleep", "1000").Succeeded();
        Assert.Equal(0, Kernel.Kill(Monitors.Of(id), 19)); // SIGSTOP
        host.Run("rm", "frozen").FailedInOneLine(1, "container is running");
        host.Run("rm", "-f", "frozen").Succeeded();
        before.AssertUnchanged(host, "a monitor that was stopped");
    }

    [Fact]
    public void Input_that_a_program_does_not_read_leaves_output_its_way()
    {
        ProgramResult result = host.Bash("timeout -k 5 20 bash -c 'yes | $MINIRUN run -i --name=deafened busybox sh -c \"sleep 0.5; head -c 2000000 /dev/zero\" | wc -c'; $MINIRUN rm -f deafened > /dev/null");
        Assert.Equal("2000000\n", result.Output);
    }

    [Fact]
    public void A_run_that_fails_after_its_start_leaves_no_monitor_that_tries_again()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        ProgramResult refused = host.Run("run", "-d", "--restart=always", "--pidfile=/nonexistent/pid", "busybox", "sleep", "1000");
        Assert.NotEqual(0, refused.Status);
        before.AssertUnchanged(host, "a run whose pid file could not be written");
    }

    [Fact]
    public void Two_starts_at_once_start_it_once()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        host.Run("create", "--name=twice", "busybox", "sh", "-c", "echo run >> /runs; sleep 1000").Succeeded();
        RunningProgram[] starts = [.. Enumerable.Range(0, 4).Select(_ => host.Start("start", "twice"))];
        foreach (RunningProgram start in starts)
        {
            start.Wait();
            start.Dispose();
        }

        Assert.Equal("run", host.Run("exec", "twice", "cat", "/runs").Succeeded());
        host.Run("stop", "-t", "0", "twice").Succeeded();
        host.Run("rm", "twice").Succeeded();
        before.AssertUnchanged(host, "a container that was started four times at once");
    }

    [Fact]
    public void A_killed_monitor_leaves_a_container_that_the_next_commands_see_stop_and_start()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string id = host.Run("run", "-d", "--name=orphan", "busybox", "sleep", "1000").Succeeded();
        Monitors.Kill(id);
        Assert.Contains("Up", Row("orphan"));
        Assert.Contains("(no monitor)", Row("orphan"));
        host.Run("exec", "orphan", "true").Succeeded();
        host.Run("attach", "--no-stdin", "orphan").FailedInOneLine(1, "has lost its monitor");
        host.Run("stop", "-t", "0", "orphan").Succeeded();
        Assert.Contains("Exited (255)", Row("orphan"));
        Assert.Equal("255", host.Run("wait", "orphan").Succeeded());
        host.Run("start", "orphan").Succeeded();
        Assert.DoesNotContain("no monitor", Row("orphan"));
        Monitors.Kill(id);
        host.Run("rm", "-f", "orphan").Succeeded();
        before.AssertUnchanged(host, "containers whose monitors were killed");
    }

    [Fact]
    public void A_container_whose_program_ends_after_its_monitor_is_cleared_up_by_the_next_command()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string id = host.Run("run", "-d", "--rm", "--name=unseen", "busybox", "sh", "-c", "while [ ! -e /go ]; do sleep 0.05; done").Succeeded();
        Monitors.Kill(id);
        host.Run("exec", "unseen", "touch", "/go").Succeeded();
        Eventually.True(() => Row("unseen").Contains("Exited", StringComparison.Ordinal), () => Row("unseen"));
        host.Run("rm", "unseen").Succeeded();
        before.AssertUnchanged(host, "a container whose end nobody saw");
    }

    [Fact]
    public void A_monitor_that_is_asked_to_end_stops_its_container()
    {
        string id = host.Run("run", "-d", "--name=down", "--restart=always", "busybox", "sh", "-c", "trap 'exit 5' TERM; while :; do sleep 0.05; done").Succeeded();
        Thread.Sleep(200);
        Assert.Equal(0, Kernel.Kill(Monitors.Of(id), Kernel.SIGTERM));
        Eventually.True(() => Row("down").Contains("Exited (5)", StringComparison.Ordinal), () => Row("down"));
        host.Run("rm", "down").Succeeded();
    }

    [Fact]
    public void A_monitor_that_has_made_itself_small_goes_on_where_it_was()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string id = host.Run("run", "-d", "-i", "--name=small", "busybox", "sh", "-c", "printf 'begun, '; read -r word; echo \"$word\"; echo err >&2; read -r word; exit \"$word\"").Succeeded();
        using RunningProgram attached = host.Start("attach", "small");
        int monitor = Monitors.Of(id);
        Monitors.Settle(id);
        Assert.Equal(monitor, Monitors.Of(id)); // the program's parent is still the same process
        Eventually.True(() => File.ReadAllText($"/proc/{monitor}/comm") == "minirun\n", () => File.ReadAllText($"/proc/{monitor}/comm")); // "exe" until it has begun
        attached.Input.Write("ended\n");
        attached.Input.Flush();
        attached.WaitForOutput("ended");
        using RunningProgram late = host.Start("attach", "--no-stdin", "small");
        Thread.Sleep(200); // until it is attached
        attached.Input.Write("7\n");
        attached.Input.Flush();
        Assert.Equal(7, attached.Wait().Status);
        Assert.Equal(7, late.Wait().Status);
        Assert.Contains("Exited (7)", Row("small"));
        Assert.Equal("begun, ended", host.Run("logs", "small").Lines()[0]);
        Assert.False(Life("small").GetProperty("stopped").GetBoolean());
        host.Run("rm", "small").Succeeded();
        before.AssertUnchanged(host, "a monitor that has executed itself anew");
    }

    [Fact]
    public void A_small_monitor_starts_again_stops_and_removes_as_any_other()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string id = host.Run("run", "-d", "--name=lasting", "--restart=always", "--stop-signal=USR1", "busybox", "sh", "-c", "trap 'exit 4' USR1; echo run; while :; do sleep 0.05; done").Succeeded();
        for (int restarts = 0; restarts < 2; restarts++)
        {
            Monitors.Settle(id);
            // By its pid: what `kill` ends stays ended.
            Assert.Equal(0, Kernel.Kill(int.Parse(host.Run("inspect", "--format={{.State.Pid}}", "lasting").Succeeded(), CultureInfo.InvariantCulture), Kernel.SIGKILL));
            Eventually.True(() => Life("lasting").GetProperty("restarts").GetInt32() == restarts + 1, () => Row("lasting"));
        }

        Monitors.Settle(id);
        Eventually.True(() => host.Run("logs", "lasting").Output == "run\nrun\nrun\n", () => host.Run("logs", "lasting").Output); // and so it has its trap
        Assert.Equal(0, Kernel.Kill(Monitors.Of(id), Kernel.SIGTERM));
        Eventually.True(() => Row("lasting").Contains("Exited (4)", StringComparison.Ordinal), () => Row("lasting"));
        Assert.Equal("run\nrun\nrun", host.Run("logs", "lasting").Succeeded());
        host.Run("rm", "lasting").Succeeded();

        id = host.Run("run", "-d", "--rm", "--name=lasting", "busybox", "sleep", "1000").Succeeded();
        Monitors.Settle(id);
        host.Run("stop", "-t", "0", "lasting").Succeeded();
        Assert.False(Directory.Exists($"{host.Data}/containers/{id}"));
        before.AssertUnchanged(host, "monitors that have executed themselves anew");
    }

    [Fact]
    public void A_monitor_whose_client_is_behind_stays_as_it_is_when_its_program_starts_again()
    {
        string id = host.Run("run", "-d", "--name=behind", "--restart=on-failure:1", "--log-driver=none", "busybox", "sh", "-c", "while [ ! -e /go ]; do sleep 0.05; done; head -c 3000000 /dev/zero; exit 3").Succeeded();
        using RunningProgram slow = host.StartWith([new("MINIRUN", host.Minirun)], "bash", "-euc", "$MINIRUN attach --no-stdin behind > >(sleep 2; wc -c)");
        Monitors.Settle(id);
        host.Run("exec", "behind", "touch", "/go").Succeeded();
        Assert.Equal("3", host.Run("wait", "behind").Succeeded());
        slow.WaitForOutput("6000000");
        host.Run("rm", "behind").Succeeded();
    }

    [Fact]
    public void Health_is_asked_for_and_shown()
    {
        host.Run("run", "-d", "--name=sick", "--health-cmd=test ! -e /bad", "--health-interval=100ms", "--health-retries=2", "busybox", "sleep", "1000").Succeeded();
        Eventually.True(() => Row("sick").Contains("(healthy)", StringComparison.Ordinal), () => Row("sick"));
        host.Run("exec", "sick", "touch", "/bad").Succeeded();
        Eventually.True(() => Row("sick").Contains("(unhealthy)", StringComparison.Ordinal), () => Row("sick"));
        host.Run("rm", "-f", "sick").Succeeded();
    }

    [Fact]
    public void A_container_has_a_new_name_and_its_id_in_a_file()
    {
        string file = $"{host.NewFolder()}/cid";
        string id = host.Run("run", "-d", "--rm", "--cidfile", file, "--name=first", "busybox", "sleep", "1000").Succeeded();
        Assert.Equal(id, File.ReadAllText(file));
        host.Run("run", "--rm", "--cidfile", file, "busybox", "true").FailedInOneLine(125, "container ID file found");
        host.Run("rename", "first", "second").Succeeded();
        host.Run("exec", "first", "true").FailedInOneLine(1, "No such container");
        host.Run("exec", "-d", "second", "sh", "-c", "touch /made; sleep 1000").Succeeded();
        Eventually.True(() => host.Run("exec", "second", "test", "-e", "/made").Status == 0, () => "exec -d did not run");
        host.Run("rm", "-f", "second").Succeeded();
    }

    private string Row(string name) => host.Run("ps", "-a").Lines().FirstOrDefault(line => line.EndsWith(" " + name, StringComparison.Ordinal), "");

    private JsonElement Life(string name)
    {
        string id = File.ReadAllText($"{host.Data}/names/{name}");
        return JsonDocument.Parse(File.ReadAllText($"{host.Data}/containers/{id}/life.json")).RootElement;
    }
}

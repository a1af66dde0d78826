using System.Globalization;
using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>minirun events: what commands and monitors have noted.</summary>
[Collection(ContainerTests.Name)]
public sealed class EventsTests(ContainerHost host)
{
    [Fact]
    public void The_life_of_a_container_is_told_as_docker_tells_it()
    {
        string since = Now();
        string id = host.Run("run", "-d", "--name=told", "-l", "a=b", "busybox", "sh", "-c", "while :; do sleep 0.05; done").Succeeded();
        host.Run("exec", "told", "sh", "-c", "exit 3");
        host.Run("pause", "told").Succeeded();
        host.Run("unpause", "told").Succeeded();
        host.Run("rename", "told", "renamed").Succeeded();
        host.Run("update", "--restart=no", "renamed").Succeeded();
        host.Run("restart", "-t", "0", "renamed").Succeeded();
        host.Run("kill", "renamed").Succeeded();
        host.Run("wait", "renamed").Succeeded();
        host.Run("rm", "renamed").Succeeded();

        string[] lines = host.Run("events", "--since", since, "--until", "0s", "--filter", "container=" + id).Lines();
        Assert.Equal(
            ["create", "start", "exec_create:", "exec_start:", "exec_die", "pause", "unpause", "rename", "update", "kill", "kill", "die", "stop", "start", "restart", "kill", "die", "destroy"],
            lines.Select(line => line.Split(' ')[2]));
        Assert.Matches($"^[0-9T:.-]+Z container start {id} \\(a=b, image=busybox, name=told\\)$", lines[1]);
        Assert.Contains("exitCode=3", lines[4], StringComparison.Ordinal);
        Assert.Contains("name=renamed, oldName=/told", lines[7], StringComparison.Ordinal);
        Assert.Contains("exitCode=137", lines[11], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_needs_no_monitor_is_told_too_and_a_build_is_not()
    {
        string since = Now();
        host.Run("run", "--rm", "busybox", "sh", "-c", "exit 4");
        host.Run("run", "--rm", "busybox", "no-such-program");
        JsonElement[] events = [.. host.Run("events", "--since", since, "--until", "0s", "--format", "json").Lines().Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(
            ["create", "attach", "start", "die", "destroy", "create", "attach", "destroy"],
            events.Select(happened => happened.GetProperty("Action").GetString()));
        Assert.Equal("die 4\n", host.Run("events", "--since", since, "--until", "0s", "--filter", "event=die", "--format", "{{.Action}} {{.Actor.Attributes.exitCode}}").Output);
        Assert.Equal("4", events[3].GetProperty("Actor").GetProperty("Attributes").GetProperty("exitCode").GetString());
    }

    [Fact]
    public void Events_are_shown_as_they_happen_until_the_reader_leaves()
    {
        using RunningProgram events = host.Start("events", "--filter", "event=die");
        Thread.Sleep(300);
        host.Run("run", "--rm", "--name=live", "busybox", "true").Succeeded();
        events.WaitForOutput("name=live");
        Assert.DoesNotContain("create", events.Output, StringComparison.Ordinal);
        events.Signal(15);
        Assert.Equal(143, events.Wait().Status);
        host.Run("events", "--filter", "colour=red").FailedInOneLine(1, "invalid filter 'colour'");
        host.Run("events", "--since", "yesterday").FailedInOneLine(1, "--since");
    }

    [Fact]
    public void Events_of_images_are_told()
    {
        string since = Now();
        host.Bash("tar -C /etc -c hostname | $MINIRUN import - told-image:1; $MINIRUN tag told-image:1 told-image:2; $MINIRUN save -o /dev/null told-image:1; $MINIRUN rmi told-image:2 told-image:1").Succeeded();
        Assert.Equal(
            ["import", "tag", "save", "untag", "untag", "delete"],
            host.Run("events", "--since", since, "--until", "0s", "--filter", "type=image").Lines().Select(line => line.Split(' ')[2]));
    }

    [Fact]
    public void Events_of_volumes_are_told()
    {
        string since = Now();
        host.Run("run", "--rm", "-v", "told:/data", "busybox", "true").Succeeded();
        host.Run("volume", "rm", "told").Succeeded();
        Assert.Equal(
            ["create", "mount", "unmount", "destroy"],
            host.Run("events", "--since", since, "--until", "0s", "--filter", "volume=told").Lines().Select(line => line.Split(' ')[2]));
    }

    [Fact]
    public void A_container_starts_whatever_becomes_of_the_log()
    {
        string log = Path.Combine(host.Data, "events.log");
        string kept = Path.Combine(host.Scratch, "events.kept");
        File.Move(log, kept);
        try
        {
            host.Bash($"head -c 300000 /dev/zero > {log}; ulimit -f 256; $MINIRUN run --rm busybox echo limited").Succeeded();
            host.Bash($"rm {log}; ln -s /dev/full {log}; $MINIRUN run --rm busybox echo full").Succeeded();
            host.Bash($"rm {log}; mkfifo {log}; $MINIRUN run --rm busybox echo fifo").Succeeded();
            host.Bash($"rm {log}; mkdir {log}; $MINIRUN run --rm busybox echo folder").Succeeded();
            Directory.Delete(log);
        }
        finally
        {
            File.Move(kept, log, overwrite: true);
        }
    }

    private static string Now() => (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0).ToString("F3", CultureInfo.InvariantCulture);
}

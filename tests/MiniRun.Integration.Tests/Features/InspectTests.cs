using System.Globalization;
using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>`inspect` of containers: docker's document, templates over it, and the command line that makes a container again.</summary>
[Collection(ContainerTests.Name)]
public sealed class InspectTests(ContainerHost host)
{
    [Fact]
    public void A_running_container_is_shown_as_it_is()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string id = host.Run(
            "run", "-d", "--name=shown", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--user=1000", "--label=a=b", "-e", "A=1", "-v", $"{host.Scratch}:/s:ro", "--read-only", "busybox", "sleep", "1000").Succeeded();

        JsonElement shown = Inspect("shown")[0];
        Assert.Equal(id, shown.GetProperty("Id").GetString());
        Assert.Equal("/shown", shown.GetProperty("Name").GetString());
        JsonElement state = shown.GetProperty("State");
        Assert.Equal("running", state.GetProperty("Status").GetString());
        Assert.Equal("sleep\0" + "1000\0", File.ReadAllText($"/proc/{state.GetProperty("Pid").GetInt32()}/cmdline"));
        Assert.InRange(Time(state.GetProperty("StartedAt")), Time(shown.GetProperty("Created")), DateTimeOffset.UtcNow);
        Assert.True(File.Exists(shown.GetProperty("LogPath").GetString()));
        Assert.Contains("127.0.0.1", File.ReadAllText(shown.GetProperty("HostsPath").GetString()!), StringComparison.Ordinal);
        Assert.Equal(id[..12], shown.GetProperty("Config").GetProperty("Hostname").GetString());
        Assert.True(Directory.Exists(shown.GetProperty("GraphDriver").GetProperty("Data").GetProperty("LowerDir").GetString()));
        Assert.False(shown.TryGetProperty("SizeRw", out _));

        Assert.Equal("[ALL] [no-new-privileges] 1000", Template("{{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}} {{.Config.User}}", "shown"));
        Assert.Equal($"[{host.Scratch}:/s:ro] true", Template("{{.HostConfig.Binds}} {{.HostConfig.ReadonlyRootfs}}", id[..12]));
        Assert.Equal("true false b", Template("{{.State.Running}} {{.State.Paused}} {{index .Config.Labels \"a\"}}", "shown"));

        host.Run("pause", "shown").Succeeded();
        Assert.Equal("paused true", Template("{{.State.Status}} {{.State.Paused}}", "shown"));
        host.Run("unpause", "shown").Succeeded();
        host.Run("stop", "-t", "0", "shown").Succeeded();
        Assert.Equal("exited 137 0 false", Template("{{.State.Status}} {{.State.ExitCode}} {{.State.Pid}} {{.State.Running}}", "shown"));
        Assert.InRange(Time(Inspect("shown")[0].GetProperty("State").GetProperty("FinishedAt")), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        host.Run("rm", "shown").Succeeded();
        before.AssertUnchanged(host, "an inspected container");
    }

    [Fact]
    public void Sizes_restarts_and_health_are_told()
    {
        host.Run("run", "-d", "--name=tells", "--restart=on-failure:1", "--health-cmd=true", "--health-interval=100ms", "busybox", "sh", "-c", "[ -e /f ] || { head -c 1000 /dev/zero > /f; exit 1; }; sleep 1000").Succeeded();
        Eventually.True(() => Template("{{.RestartCount}} {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}}", "tells") == "1 running healthy", () => host.Run("inspect", "tells").Output);
        Assert.Equal("on-failure 1 [CMD-SHELL true]", Template("{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}} {{.Config.Healthcheck.Test}}", "tells"));
        JsonElement sized = JsonDocument.Parse(host.Run("inspect", "-s", "tells").Succeeded()).RootElement[0];
        Assert.Equal(1000, sized.GetProperty("SizeRw").GetInt64());
        Assert.InRange(sized.GetProperty("SizeRootFs").GetInt64(), 100_000, 100_000_000);
        host.Run("rm", "-f", "tells").Succeeded();
    }

    [Fact]
    public void A_created_container_has_not_started()
    {
        host.Run("create", "--name=waits", "busybox", "true").Succeeded();
        Assert.Equal("created false 0 0001-01-01T00:00:00Z true [] ", Template("{{.State.Status}} {{.State.Running}} {{.State.Pid}} {{.State.StartedAt}} {{.Path}} {{.Args}} {{.NetworkSettings.SandboxKey}}", "waits"));
        host.Run("rm", "waits").Succeeded();
    }

    [Fact]
    public void Several_are_one_array_and_what_is_not_there_does_not_hide_the_others()
    {
        host.Run("create", "--name=one", "busybox", "true").Succeeded();
        host.Run("create", "--name=two", "busybox", "true").Succeeded();
        ProgramResult result = host.Run("inspect", "one", "nobody", "two");
        Assert.Equal(1, result.Status);
        Assert.Equal("minirun: no such object: nobody\n", result.Error);
        Assert.Equal(["/one", "/two"], JsonDocument.Parse(result.Output).RootElement.EnumerateArray().Select(shown => shown.GetProperty("Name").GetString()));
        Assert.Equal("/one\n/two", host.Run("inspect", "--type=container", "-f", "{{.Name}}", "one", "two").Succeeded());
        host.Run("container", "inspect", "one").Succeeded();

        host.Run("container", "inspect", "nobody").FailedInOneLine(1, "No such container: nobody");
        host.Run("image", "inspect", "one").FailedInOneLine(1, "No such image: one");
        host.Run("inspect", "--type=image", "one").FailedInOneLine(1, "No such image: one");
        host.Run("inspect", "UPPER").FailedInOneLine(1, "no such object: UPPER");
        host.Run("inspect", "--type=network", "one").FailedInOneLine(125, "is not a valid value for --type");
        host.Run("inspect", "-f", "{{.Nope}}", "one").FailedInOneLine(1, "template parsing error");
        host.Run("inspect", "-f", "{{", "one").FailedInOneLine(64, "template parsing error");
        host.Run("volume", "create", "three").Succeeded();
        Assert.Equal("three", host.Run("inspect", "-f", "{{.Name}}", "three").Succeeded());
        host.Run("inspect", "--type=volume", "one").FailedInOneLine(1, "get one: no such volume");
        host.Run("volume", "rm", "three").Succeeded();
        host.Run("rm", "one", "two").Succeeded();
    }

    [Fact]
    public void The_line_that_makes_it_again_makes_it_again()
    {
        host.Run("create", "--name=again", "--cap-drop=ALL", "-e", "TEXT=it's \"$HOME\"\n*", "--label=x=a b", "busybox", "sh", "-c", "printf '%s' \"$TEXT\"; exit 7").Succeeded();
        string line = host.Run("inspect", "--as-run", "again").Succeeded();
        Assert.StartsWith("minirun run --name=again --label='x=a b' ", line, StringComparison.Ordinal);
        string first = host.Run("inspect", "-f", "{{json .Config}}{{json .HostConfig}}", "again").Succeeded();
        host.Run("rm", "again").Succeeded();

        ProgramResult made = host.Bash($"minirun() {{ \"$MINIRUN\" \"$@\"; }}; {line}");
        Assert.Equal((7, "it's \"$HOME\"\n*\n"), (made.Status, made.Output));
        string second = host.Run("inspect", "-f", "{{json .Config}}{{json .HostConfig}}", "again").Succeeded();
        Assert.Equal(WithoutHostname(first), WithoutHostname(second));
        host.Run("rm", "again").Succeeded();

        host.Run("inspect", "--as-run", "again").FailedInOneLine(1, "No such container: again");
        host.Run("inspect", "--as-run", "-f", "{{.Id}}", "again").FailedInOneLine(125, "--as-run");
    }

    private static string WithoutHostname(string config) => config[config.IndexOf("\"Domainname\"", StringComparison.Ordinal)..];

    private static DateTimeOffset Time(JsonElement time) => DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture);

    private JsonElement Inspect(string name) => JsonDocument.Parse(host.Run("inspect", name).Succeeded()).RootElement;

    private string Template(string template, string name) => host.Run("inspect", "--format", template, name).Succeeded();
}

using System.Diagnostics;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>`ps` and `port`: which containers are listed, by which filters, and what of them.</summary>
[Collection(ContainerTests.Name)]
public sealed class PsTests(ContainerHost host)
{
    [Fact]
    public void A_terminal_is_shown_what_labels_hold_and_a_pipe_gets_it()
    {
        host.Run("create", "--name=labelled", "--label=a=x\e[2J", "busybox", "true").Succeeded();
        foreach (string words in (string[])["ps -a --format '{{.Label \"a\"}}' --filter name=labelled", "inspect -f '{{.Config.Labels.a}}' labelled", "events --since 1h --until 0s --filter container=labelled --format '{{.Actor.Attributes.a}}'"])
        {
            Assert.Equal("x\e[2J", host.Bash($"{host.Minirun} {words}").Succeeded());
            Assert.Equal("x\\x1b[2J", host.Bash($"SHELL=/bin/sh script -qec \"{host.Minirun} {words.Replace("\"", "\\\"", StringComparison.Ordinal)}\" /dev/null").Succeeded().Trim());
        }

        host.Run("rm", "labelled").Succeeded();
    }

    [Fact]
    public void Containers_are_chosen_by_what_they_do()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        Assert.Equal(3, host.Run("run", "--name=ended", "--label=tier=back", "busybox", "sh", "-c", "exit 3").Status);
        host.Run("run", "-d", "--name=up", "--label=tier=front", "-v", $"{host.Scratch}:/s", "-v", "listed:/v", "busybox", "sleep", "1000").Succeeded();
        host.Run("run", "-d", "--name=host-net", "--network=host", "busybox", "sleep", "1000").Succeeded();
        host.Run("pause", "host-net").Succeeded();
        host.Run("create", "--name=made", "busybox", "true").Succeeded();

        Assert.Equal("host-net up", Names());
        Assert.Equal("made host-net up ended", Names("-a"));
        Assert.Equal("made", Names("-l"));
        Assert.Equal("made host-net up", Names("-n", "3"));
        Assert.Equal("ended", Names("--filter", "status=exited"));
        Assert.Equal("host-net", Names("-f", "status=paused"));
        Assert.Equal("up", Names("-f", "status=running"));
        Assert.Equal("made ended", Names("-f", "status=created", "-f", "status=exited"));
        Assert.Equal("ended", Names("-a", "-f", "exited=3"));
        Assert.Equal("", Names("-f", "exited=3"));
        Assert.Equal("up ended", Names("-a", "-f", "label=tier"));
        Assert.Equal("up", Names("-f", "label=tier=front", "-f", "ancestor=busybox:latest"));
        Assert.Equal("made host-net", Names("-a", "-f", "since=up"));
        Assert.Equal("ended", Names("-a", "-f", "before=up"));
        Assert.Equal("up", Names("-f", "volume=/s"));
        Assert.Equal("up", Names("-f", "volume=listed"));
        Assert.Equal("host-net", Names("-f", "network=host"));
        Assert.Equal("up", Names("-f", "name=^up$"));
        Assert.Equal("", Names("-a", "-f", "publish=80"));
        host.Run("ps", "-f", "color=red").FailedInOneLine(1, "invalid filter 'color'");
        host.Run("ps", "-f", "status=gone").FailedInOneLine(1, "invalid filter 'status=gone'");
        host.Run("ps", "-f", "before=nobody").FailedInOneLine(1, "No such container: nobody");

        Assert.Equal("up running none tier=front 1", host.Run("container", "ls", "-f", "name=^up$", "--format", "{{.Names}} {{.State}} {{.Networks}} {{.Labels}} {{.LocalVolumes}}").Succeeded());
        Assert.Contains("(virtual ", host.Run("ps", "-s", "-f", "name=^up$").Succeeded(), StringComparison.Ordinal);
        Assert.Equal(64, host.Run("ps", "-q", "-l", "--no-trunc").Succeeded().Length);

        host.Run("rm", "-f", "ended", "up", "host-net", "made").Succeeded();
        host.Run("volume", "rm", "listed").Succeeded();
        before.AssertUnchanged(host, "listed containers");
    }

    [Fact]
    public void No_port_is_published()
    {
        host.Run("create", "--name=closed", "busybox", "true").Succeeded();
        Assert.Equal("", host.Run("port", "closed").Succeeded());
        host.Run("port", "closed", "80").FailedInOneLine(1, "no public port '80' published for closed");
        host.Run("port", "nobody").FailedInOneLine(1, "No such container: nobody");
        host.Run("rm", "closed").Succeeded();
    }

    /// <summary>What is bounded here is that no container costs much: alone on the machine it takes a tenth.</summary>
    [Fact]
    public void Two_hundred_containers_are_listed_at_once()
    {
        string first = host.Run("create", "busybox", "true").Succeeded();
        string folder = $"{host.Data}/containers";
        string record = File.ReadAllText($"{folder}/{first}/container.json");
        List<string> copies = [];
        for (int i = 0; i < 200; i++)
        {
            string id = first[..60] + i.ToString("x4", System.Globalization.CultureInfo.InvariantCulture);
            if (id == first)
            {
                continue;
            }

            Directory.CreateDirectory($"{folder}/{id}");
            File.WriteAllText($"{folder}/{id}/container.json", record.Replace(first, id, StringComparison.Ordinal));
            copies.Add($"{folder}/{id}");
        }

        try
        {
            TimeSpan fastest = Enumerable.Range(0, 5).Min(_ => Timed(() => Assert.InRange(host.Run("ps", "-aq").Lines().Length, 200, 400)));
            Assert.InRange(fastest, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }
        finally
        {
            copies.ForEach(copy => Directory.Delete(copy, recursive: true));
            host.Run("rm", first).Succeeded();
        }
    }

    private static TimeSpan Timed(Action act)
    {
        long start = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(start);
    }

    private string Names(params string[] options) => host.Run(["ps", "--format", "{{.Names}}", .. options]).Succeeded().ReplaceLineEndings(" ");
}

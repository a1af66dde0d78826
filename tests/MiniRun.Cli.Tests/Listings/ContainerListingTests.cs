using MiniRun.Cli.Output.Listings;
using MiniRun.Cli.Output.Templates;
using MiniRun.Engine.Containers;
using MiniRun.Runtime;

namespace MiniRun.Cli.Tests.Listings;

public sealed class ContainerListingTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_table_is_dockers()
    {
        ContainerRecord up = Record('a');
        ContainerRecord down = Record('b') with { Command = ["true"] };
        ContainerSummary[] containers =
        [
            new(up.Id, up, ContainerPhase.Running) { Started = s_now.AddMinutes(-4) },
            new(up.Id, up, ContainerPhase.Paused) { Started = s_now.AddMinutes(-4) },
            new(up.Id, up, ContainerPhase.Running) { Started = s_now.AddMinutes(-4), Unattended = true },
            new(up.Id, up, ContainerPhase.Running) { Started = s_now.AddMinutes(-4), Life = new ContainerLife { Health = new ContainerHealth() } },
            new(up.Id, up, ContainerPhase.Running) { Started = s_now.AddMinutes(-4), Life = new ContainerLife { Health = new ContainerHealth { Status = "unhealthy" } } },
            new(down.Id, down, ContainerPhase.Exited) { Life = new ContainerLife { ExitCode = 137, Finished = s_now.AddSeconds(-3) } },
            new(down.Id, down, ContainerPhase.Exited) { Life = new ContainerLife() },
            new(down.Id, down, ContainerPhase.Restarting) { Life = new ContainerLife { ExitCode = 1, Finished = s_now.AddSeconds(-3) } },
            new(down.Id, down, ContainerPhase.Created),
            new(ContainerId.Parse(new string('c', 64)), null, ContainerPhase.Dead),
        ];
        Assert.Equal(
            """
            CONTAINER ID   IMAGE     COMMAND                  CREATED         STATUS                                 PORTS     NAMES
            aaaaaaaaaaaa   busybox   "sleep a very long t…"   5 minutes ago   Up 4 minutes                                     web
            aaaaaaaaaaaa   busybox   "sleep a very long t…"   5 minutes ago   Up 4 minutes (Paused)                            web
            aaaaaaaaaaaa   busybox   "sleep a very long t…"   5 minutes ago   Up 4 minutes (no monitor)                        web
            aaaaaaaaaaaa   busybox   "sleep a very long t…"   5 minutes ago   Up 4 minutes (health: starting)                  web
            aaaaaaaaaaaa   busybox   "sleep a very long t…"   5 minutes ago   Up 4 minutes (unhealthy)                         web
            bbbbbbbbbbbb   busybox   "true"                   5 minutes ago   Exited (137) 3 seconds ago                       web
            bbbbbbbbbbbb   busybox   "true"                   5 minutes ago   Exited (255), its monitor was killed             web
            bbbbbbbbbbbb   busybox   "true"                   5 minutes ago   Restarting (1) 3 seconds ago                     web
            bbbbbbbbbbbb   busybox   "true"                   5 minutes ago   Created                                          web
            cccccccccccc                                                      Dead (half-made)                                 

            """,
            ContainerListing.Of(s_now, full: false).Text(containers, ListingFormat.Of(null)));
    }

    [Theory]
    [InlineData("{{.ID}} {{.Names}}: {{.State}}", "aaaaaaaaaaaa web: running\nbbbbbbbbbbbb web: exited\ncccccccccccc : dead\n")]
    [InlineData("{{.Label \"a.b\"}}{{.Ports}}{{.Size}}{{.Labels}}{{.Mounts}}{{.LocalVolumes}}{{.Networks}}", "\n\n\n")]
    [InlineData(@"{{.Names}}\t{{.Image}}", "web\tbusybox\nweb\tbusybox\n\t\n")]
    [InlineData(@"table {{.Names}}\t{{.State}}", "NAMES     STATE\nweb       running\nweb       exited\n          dead\n")]
    [InlineData(@"table {{upper .ID}}\t{{json .State}}\t{{.Label ""com.my-label""}}", "CONTAINER ID   STATE       my label\nAAAAAAAAAAAA   \"running\"   \nBBBBBBBBBBBB   \"exited\"    \nCCCCCCCCCCCC   \"dead\"      \n")]
    [InlineData("table {{if .Image}}{{.ID}}{{end}}", "CONTAINER ID\naaaaaaaaaaaa\nbbbbbbbbbbbb\n\n")]
    public void A_template_says_what_a_line_is(string format, string text) => Assert.Equal(text, Text(format));

    [Fact]
    public void Json_is_an_object_a_line()
    {
        string[] lines = Text("json").Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("""{"Command":"\"sleep a very long t…\"","CreatedAt":"2026-01-02 """, lines[0], StringComparison.Ordinal);
        Assert.EndsWith(""""RunningFor":"5 minutes ago","Size":"","State":"running","Status":"Up 5 minutes"}"""", lines[0], StringComparison.Ordinal);
        Assert.Equal(Text("json"), Text("{{json .}}"));
    }

    [Fact]
    public void Ids_are_short_or_whole()
    {
        Assert.Equal("aaaaaaaaaaaa\nbbbbbbbbbbbb\ncccccccccccc\n", ContainerListing.Of(s_now, full: false).Text(Containers(), ListingFormat.Of("table", quiet: true)));
        Assert.Equal(65 * 3, ContainerListing.Of(s_now, full: true).Text(Containers(), ListingFormat.Of(null, quiet: true)).Length);
    }

    [Fact]
    public void A_field_that_is_none_is_refused_and_those_there_are_named()
    {
        string message = Assert.Throws<TemplateException>(() => Text("{{.Nope}}")).Message;
        Assert.StartsWith("template parsing error: template: :1:2: executing \"\" at <.Nope>: can't evaluate field Nope in type container: it has .Command .CreatedAt .ID", message, StringComparison.Ordinal);
        Assert.Contains("wrong number of args for Label", Assert.Throws<TemplateException>(() => Text("{{.Label}}")).Message, StringComparison.Ordinal);
    }

    private static string Text(string? format) => ContainerListing.Of(s_now, full: false).Text(Containers(), ListingFormat.Of(format));

    private static ContainerSummary[] Containers()
    {
        ContainerRecord up = Record('a');
        ContainerRecord down = Record('b') with { Command = ["true"] };
        return
        [
            new(up.Id, up, ContainerPhase.Running) { Started = s_now.AddMinutes(-5) },
            new(down.Id, down, ContainerPhase.Exited) { Life = new ContainerLife { ExitCode = 137, Finished = s_now.AddSeconds(-3) } },
            new(ContainerId.Parse(new string('c', 64)), null, ContainerPhase.Dead),
        ];
    }

    private static ContainerRecord Record(char digit) => new()
    {
        Id = ContainerId.Parse(new string(digit, 64)),
        Name = "web",
        Image = "busybox",
        Command = ["sleep", "a very long time indeed"],
        Created = s_now.AddMinutes(-5),
    };
}

using MiniRun.Cli.Output.Listings;
using MiniRun.Cli.Output.Templates;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Inspection;
using MiniRun.Engine.Listing;
using MiniRun.Runtime;

namespace MiniRun.Cli.Tests.Listings;

public sealed class ContainerListingTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ContainerFacts s_facts = new(new ContainerStore(DataRoot.Of("/nonexistent", isRoot: true, _ => null)), RunReader.Read);

    [Fact]
    public void The_table_is_dockers() => Assert.Equal(
        """
        CONTAINER ID   IMAGE     COMMAND                  CREATED         STATUS                             PORTS     NAMES
        aaaaaaaaaaaa   no-img    "sleep a very long t…"   5 minutes ago   Up 4 minutes                                 web
        aaaaaaaaaaaa   no-img    "sleep a very long t…"   5 minutes ago   Up 4 minutes (Paused)                        web
        aaaaaaaaaaaa   no-img    "sleep a very long t…"   5 minutes ago   Up 4 minutes (no monitor)                    web
        aaaaaaaaaaaa   no-img    "sleep a very long t…"   5 minutes ago   Up 4 minutes (health: starting)              web
        aaaaaaaaaaaa   no-img    "sleep a very long t…"   5 minutes ago   Up 4 minutes (unhealthy)                     web
        bbbbbbbbbbbb   no-img    "true"                   5 minutes ago   Exited (137) 3 seconds ago                   web
        bbbbbbbbbbbb   no-img    "true"                   5 minutes ago   Exited (255), nobody saw its end             web
        bbbbbbbbbbbb   no-img    "true"                   5 minutes ago   Restarting (1) 3 seconds ago                 web
        bbbbbbbbbbbb   no-img    "true"                   5 minutes ago   Created                                      web
        cccccccccccc                                                      Dead (half-made)                             

        """,
        Text(Phases(), null));

    [Theory]
    [InlineData("{{.ID}} {{.Names}}: {{.State}}", "aaaaaaaaaaaa web: running\nbbbbbbbbbbbb web: exited\ncccccccccccc : dead\n")]
    [InlineData("{{.Label \"a.b\"}}|{{.Ports}}|{{.Size}}|{{.Labels}}|{{.Mounts}}|{{.LocalVolumes}}|{{.Networks}}", "c||0B|a.b=c,x=|/srv/a-long-pa…,/d|0|host\n||0B|||0|none\n||0B|||0|\n")]
    [InlineData(@"{{.Names}}\t{{.Image}}", "web\tno-img\nweb\tno-img\n\t\n")]
    [InlineData(@"table {{.Names}}\t{{.State}}", "NAMES     STATE\nweb       running\nweb       exited\n          dead\n")]
    [InlineData(@"table {{upper .ID}}\t{{json .State}}\t{{.Label ""com.my-label""}}", "CONTAINER ID   STATE       my label\nAAAAAAAAAAAA   \"running\"   \nBBBBBBBBBBBB   \"exited\"    \nCCCCCCCCCCCC   \"dead\"      \n")]
    [InlineData("table {{if .Image}}{{.ID}}{{end}}", "CONTAINER ID\naaaaaaaaaaaa\nbbbbbbbbbbbb\n\n")]
    public void A_template_says_what_a_line_is(string format, string text) => Assert.Equal(text, Text(Three(), format));

    [Fact]
    public void Json_is_an_object_a_line()
    {
        string[] lines = Text(Three(), "json").Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("""{"Command":"\"sleep a very long t…\"","CreatedAt":"2026-01-02 """, lines[0], StringComparison.Ordinal);
        Assert.EndsWith(""""RunningFor":"5 minutes ago","Size":"0B","State":"running","Status":"Up 4 minutes"}"""", lines[0], StringComparison.Ordinal);
        Assert.Equal(Text(Three(), "json"), Text(Three(), "{{json .}}"));
    }

    [Theory]
    [InlineData("table {{.Names}}\t{{.Label \"a\"}}", false, "NAMES     a\nweb       x\\x09y z\\x1b[2J\n")]
    [InlineData("table {{.Labels}}\t{{.Names}}", false, "LABELS              NAMES\na=x\\x09y z\\x1b[2J   web\n")]
    [InlineData("{{.Label \"a\"}}", false, "x\ty\nz\e[2J\n")]
    [InlineData("\e[1m{{.Label \"a\"}}", true, "\e[1mx\ty\nz\\x1b[2J\n")]
    [InlineData("{{range split .Labels \"=\"}}{{printf \"%s\" .}}{{end}}", true, "ax\ty\nz\\x1b[2J\n")]
    public void Labels_make_no_rows_or_columns_and_are_not_obeyed_by_a_terminal(string format, bool onScreen, string text)
    {
        ContainerRecord up = Record('a') with { Run = ["--label=a=x\ty\nz\e[2J", "no-img"] };
        ListedContainer container = new(new ContainerSummary(up.Id, up, ContainerPhase.Running), s_facts);
        Assert.Equal(text, ContainerListing.Of(s_now, full: false).Text([container], ListingFormat.Of(format), onScreen));
    }

    [Fact]
    public void Sizes_are_a_column_of_their_own()
    {
        string[] lines = ContainerListing.Of(s_now, full: false, size: true, counts: true).Text(Three(), ListingFormat.Of(null)).Split('\n');
        Assert.EndsWith("NAMES     SIZE", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("web       0B (virtual 0B)", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_short_or_whole()
    {
        Assert.Equal("aaaaaaaaaaaa\nbbbbbbbbbbbb\ncccccccccccc\n", ContainerListing.Of(s_now, full: false).Text(Three(), ListingFormat.Of("table", quiet: true)));
        Assert.Equal(65 * 3, ContainerListing.Of(s_now, full: true).Text(Three(), ListingFormat.Of(null, quiet: true)).Length);
    }

    [Fact]
    public void A_field_that_is_none_is_refused_and_those_there_are_named()
    {
        string message = Assert.Throws<TemplateException>(() => Text(Three(), "{{.Nope}}")).Message;
        Assert.StartsWith("template parsing error: template: :1:2: executing \"\" at <.Nope>: can't evaluate field Nope in type container: it has .Command .CreatedAt .ID", message, StringComparison.Ordinal);
        Assert.Contains("wrong number of args for Label", Assert.Throws<TemplateException>(() => Text(Three(), "{{.Label}}")).Message, StringComparison.Ordinal);
    }

    private static string Text(ListedContainer[] containers, string? format) => ContainerListing.Of(s_now, full: false).Text(containers, ListingFormat.Of(format));

    private static ListedContainer[] Phases()
    {
        ContainerRecord up = Record('a');
        ContainerRecord down = Record('b') with { Command = ["true"] };
        var running = new ContainerSummary(up.Id, up, ContainerPhase.Running) { Started = s_now.AddMinutes(-4) };
        ContainerSummary[] containers =
        [
            running,
            running with { Phase = ContainerPhase.Paused },
            running with { Unattended = true },
            running with { Life = new ContainerLife { Health = new ContainerHealth() } },
            running with { Life = new ContainerLife { Health = new ContainerHealth { Status = "unhealthy" } } },
            new(down.Id, down, ContainerPhase.Exited) { Life = new ContainerLife { ExitCode = 137, Finished = s_now.AddSeconds(-3) } },
            new(down.Id, down, ContainerPhase.Exited) { Life = new ContainerLife() },
            new(down.Id, down, ContainerPhase.Restarting) { Life = new ContainerLife { ExitCode = 1, Finished = s_now.AddSeconds(-3) } },
            new(down.Id, down, ContainerPhase.Created),
            HalfMade(),
        ];
        return [.. containers.Select(container => new ListedContainer(container, s_facts))];
    }

    private static ListedContainer[] Three()
    {
        ContainerRecord up = Record('a') with { Run = ["--label=a.b=c", "--label=x=", "--volume=/srv/a-long-path:/b", "--mount=type=bind,source=/d,target=/e", "--network=host", "no-img"] };
        ContainerRecord down = Record('b') with { Run = ["no-img", "--label=not=ours"] };
        ContainerSummary[] containers =
        [
            new(up.Id, up, ContainerPhase.Running) { Started = s_now.AddMinutes(-4) },
            new(down.Id, down, ContainerPhase.Exited),
            HalfMade(),
        ];
        return [.. containers.Select(container => new ListedContainer(container, s_facts))];
    }

    private static ContainerSummary HalfMade() => new(ContainerId.Parse(new string('c', 64)), null, ContainerPhase.Dead);

    private static ContainerRecord Record(char digit) => new()
    {
        Id = ContainerId.Parse(new string(digit, 64)),
        Name = "web",
        Image = "no-img",
        Command = ["sleep", "a very long time indeed"],
        Created = s_now.AddMinutes(-5),
    };
}

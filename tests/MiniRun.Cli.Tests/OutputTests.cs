using MiniRun.Cli.Output;
using MiniRun.Engine.Containers;
using MiniRun.Runtime;

namespace MiniRun.Cli.Tests;

public sealed class OutputTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static ContainerRecord Record(char digit) => new()
    {
        Id = ContainerId.Parse(new string(digit, 64)),
        Name = "web",
        Image = "busybox",
        Command = ["sleep", "a very long time indeed"],
        Created = s_now.AddMinutes(-5),
    };

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
            CONTAINER ID   IMAGE     COMMAND                  CREATED         STATUS                                 PORTS   NAMES
            aaaaaaaaaaaa   busybox   "sleep a very long t…"   5 minutes ago   Up 4 minutes                                   web
            aaaaaaaaaaaa   busybox   "sleep a very long t…"   5 minutes ago   Up 4 minutes (Paused)                          web
            aaaaaaaaaaaa   busybox   "sleep a very long t…"   5 minutes ago   Up 4 minutes (no monitor)                      web
            aaaaaaaaaaaa   busybox   "sleep a very long t…"   5 minutes ago   Up 4 minutes (health: starting)                web
            aaaaaaaaaaaa   busybox   "sleep a very long t…"   5 minutes ago   Up 4 minutes (unhealthy)                       web
            bbbbbbbbbbbb   busybox   "true"                   5 minutes ago   Exited (137) 3 seconds ago                     web
            bbbbbbbbbbbb   busybox   "true"                   5 minutes ago   Exited (255), its monitor was killed           web
            bbbbbbbbbbbb   busybox   "true"                   5 minutes ago   Restarting (1) 3 seconds ago                   web
            bbbbbbbbbbbb   busybox   "true"                   5 minutes ago   Created                                        web
            cccccccccccc                                                      Dead (half-made)                               

            """,
            ContainerTable.Of(containers, s_now, full: false));
    }

    [Theory]
    [InlineData(0.5, "Less than a second")]
    [InlineData(1.5, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(90, "About a minute")]
    [InlineData(3599, "59 minutes")]
    [InlineData(3600, "About an hour")]
    [InlineData(86400, "24 hours")]
    [InlineData(864000, "10 days")]
    public void A_duration_is_said_as_docker_says_it(double seconds, string text) => Assert.Equal(text, HumanDuration.Of(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void An_error_is_one_line_whatever_its_message()
    {
        using var error = new StringWriter();
        ErrorReport.Print(error, "first\nsecond");
        Assert.Equal("minirun: first second\n", error.ToString());
    }
}

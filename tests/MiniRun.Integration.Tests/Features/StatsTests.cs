using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>minirun stats as it goes on, and --format wherever there is a table. True values: vm/limits.sh.</summary>
[Collection(ContainerTests.Name)]
public sealed class StatsTests(ContainerHost host)
{
    [Fact]
    public void A_table_a_second_outlives_its_containers_and_ends_with_ctrl_c()
    {
        string id = host.Run("run", "-d", "--name=counted", "busybox", "sh", "-c", "while :; do :; done").Succeeded().TrimEnd();
        using RunningProgram stats = host.Start("stats", "--format", "{{.Name}} {{.CPUPerc}} {{.PIDs}}", id[..12]);
        stats.WaitForOutput("counted ");
        string first = stats.Output.Split('\n')[0];
        Assert.Matches("^counted [0-9]+[.][0-9]{2}% 1$", first);
        Assert.DoesNotContain(" 0.00%", first, StringComparison.Ordinal);
        host.Run("rm", "-f", "counted").Succeeded();
        stats.WaitForOutput("counted -- --");
        Assert.False(stats.HasExited);
        Assert.DoesNotContain("\e", stats.Output, StringComparison.Ordinal);
        stats.Signal(2);
        Assert.Equal(0, stats.Wait().Status);
    }

    [Fact]
    public void A_reader_that_leaves_ends_it()
    {
        using RunningProgram program = host.StartWith([new("MINIRUN", host.Minirun)], "bash", "-c", "$MINIRUN stats 2> /dev/null | head -n 1; echo ${PIPESTATUS[0]}");
        Assert.Matches("^CONTAINER ID [^\n]*\n0$", program.Wait().Succeeded());
    }

    [Fact]
    public void On_a_terminal_it_is_drawn_anew_in_place()
    {
        using TerminalWindow window = new(host, columns: 120, rows: 10);
        window.Type($"MINIRUN_STATE={host.State} MINIRUN_DATA={host.Data} {host.Minirun} stats");
        Eventually.True(() => window.Screen.Contains("CONTAINER ID", StringComparison.Ordinal), () => window.Screen);
        Thread.Sleep(2500);
        Assert.Single(window.Screen.Split('\n'), line => line.StartsWith("CONTAINER ID", StringComparison.Ordinal));
        window.Keys("C-c");
        window.WaitForShell();
    }

    [Fact]
    public void Every_table_is_json_and_template_too()
    {
        host.Bash("tar -C /etc -c hostname | $MINIRUN import - formats:1; $MINIRUN run -d --name=formats -v formats:/v busybox sleep 100").Succeeded();
        try
        {
            foreach (string table in (string[])["ps", "container ls -a", "images", "image ls", "history formats:1", "volume ls", "stats --no-stream", "system df", "events --since 1h --until 0s"])
            {
                string[] objects = host.Run([.. table.Split(' '), "--format", "json"]).Lines();
                Assert.NotEmpty(objects);
                Assert.All(objects, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
                Assert.Equal(objects.Length, host.Run([.. table.Split(' '), "--format", "{{if true}}x{{end}}"]).Lines().Count(line => line == "x"));
            }

            JsonElement usage = JsonDocument.Parse(host.Run("system", "df", "-v", "--format", "json").Succeeded()).RootElement;
            Assert.Contains(usage.GetProperty("Volumes").EnumerateArray(), volume => volume.GetProperty("Name").GetString() == "formats" && volume.GetProperty("Links").GetString() == "1");
            Assert.Contains(usage.GetProperty("Images").EnumerateArray(), image => image.GetProperty("Repository").GetString() == "formats" && image.GetProperty("SharedSize").GetString() == "0B");
            Assert.Contains(usage.GetProperty("Containers").EnumerateArray(), container => container.GetProperty("Names").GetString() == "formats");
            Assert.Equal(["Images space usage:", "Containers space usage:", "Local Volumes space usage:"], host.Run("system", "df", "-v").Lines().Where(line => line.EndsWith("space usage:", StringComparison.Ordinal)));
        }
        finally
        {
            host.Run("rm", "-f", "formats");
            host.Run("volume", "rm", "formats");
            host.Run("rmi", "formats:1");
        }
    }
}

using MiniRun.Cli.Output;

namespace MiniRun.Cli.Tests;

public sealed class MonitorLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minirun-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_message_is_one_line_whatever_it_quotes()
    {
        File.WriteAllText($"{_folder}/container.json", "");
        using (MonitorLog log = new($"{_folder}/monitor.log"))
        {
            log.Note("exec a\n2026-01-01T00:00:00.000+00:00 [INF] forged\e[2J: no such file");
        }

        Assert.EndsWith("[INF] exec a 2026-01-01T00:00:00.000+00:00 [INF] forged\\x1b[2J: no such file", Assert.Single(File.ReadAllLines($"{_folder}/monitor.log")), StringComparison.Ordinal);
    }
}

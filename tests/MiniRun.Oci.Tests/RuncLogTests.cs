using System.Text.Json;
using MiniRun.Oci.Output;

namespace MiniRun.Oci.Tests;

public sealed class RuncLogTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Lines_are_appended_in_runcs_json()
    {
        RuncLog log = new(_file, json: true);
        log.Warning("first \"one\"");
        log.Warning("second");

        string[] lines = File.ReadAllLines(_file);

        Assert.Equal(2, lines.Length);
        using JsonDocument line = JsonDocument.Parse(lines[0]);
        Assert.Equal("warning", line.RootElement.GetProperty("level").GetString());
        Assert.Equal("first \"one\"", line.RootElement.GetProperty("msg").GetString());
        Assert.Matches("^20..-..-..T..:..:..Z$", line.RootElement.GetProperty("time").GetString());
    }

    [Fact]
    public void The_text_format_is_logrus()
    {
        new RuncLog(_file, json: false).Warning("a \"b\"");

        Assert.Matches("^time=\"20.*Z\" level=warning msg=\"a \\\\\"b\\\\\"\"$", File.ReadAllText(_file).TrimEnd());
    }

    public void Dispose() => File.Delete(_file);
}

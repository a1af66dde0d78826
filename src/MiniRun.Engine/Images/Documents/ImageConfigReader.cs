using System.Text.Json;
using MiniRun.Linux;

namespace MiniRun.Engine.Images.Documents;

/// <summary>Reads the "config" object of an image, as part of its configuration or alone (a sample's image.json). Unknown keys are skipped, wrong types are errors.</summary>
public static class ImageConfigReader
{
    /// <summary>The largest image.json read, in bytes.</summary>
    public const int MaxSize = 1 << 20;

    /// <summary>Reads a configuration that stands alone; <paramref name="file"/> is its name for errors.</summary>
    /// <exception cref="MiniRunException">It is no JSON, or a field has another type than the image specification gives it.</exception>
    public static ImageConfig Read(ReadOnlyMemory<byte> json, string file) => JsonFields.Parse(json, file, "an image configuration", Read);

    internal static ImageConfig Read(JsonElement json) => new()
    {
        Env = json.Texts("Env"),
        Entrypoint = json.Texts("Entrypoint"),
        Cmd = json.Texts("Cmd"),
        WorkingDir = json.Text("WorkingDir"),
        User = json.Text("User"),
        Volumes = json.Names("Volumes"),
        ExposedPorts = json.Names("ExposedPorts"),
        StopSignal = json.Text("StopSignal"),
        Labels = json.Pairs("Labels"),
        Healthcheck = json.Object("Healthcheck") is { } check ? ReadHealthcheck(check) : null,
        Shell = json.Texts("Shell"),
        OnBuild = json.Texts("OnBuild"),
    };

    private static Healthcheck ReadHealthcheck(JsonElement json) => new()
    {
        Test = json.Texts("Test"),
        Interval = json.Number("Interval"),
        Timeout = json.Number("Timeout"),
        StartPeriod = json.Number("StartPeriod"),
        StartInterval = json.Number("StartInterval"),
        Retries = (int)Math.Clamp(json.Number("Retries"), 0, int.MaxValue),
    };
}

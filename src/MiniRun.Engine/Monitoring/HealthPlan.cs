using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Documents;

namespace MiniRun.Engine.Monitoring;

/// <summary>How a container's health is asked for: the options over what the image says, with docker's defaults. Times are milliseconds.</summary>
internal sealed record HealthPlan(IReadOnlyList<string> Command, int Interval, int Timeout, int StartPeriod, int StartInterval, int Retries)
{
    private const int DefaultInterval = 30_000;
    private const int DefaultStartInterval = 5_000;
    private const int DefaultRetries = 3;
    private const long LeastOfImages = 1_000_000_000;

    private static readonly string[] s_shell = ["/bin/sh", "-c"];

    /// <summary>Null where nothing is asked.</summary>
    internal static HealthPlan? Of(HealthChoices choices, ImageConfig image)
    {
        Healthcheck check = image.Healthcheck ?? new Healthcheck();
        IReadOnlyList<string> command = choices.Command is { Length: > 0 } shell ? [.. Shell(image), shell] : CommandOf(check.Test, image);
        return choices.None || command.Count == 0
            ? null
            : new HealthPlan(
                command,
                Milliseconds(choices.Interval, check.Interval, DefaultInterval),
                Milliseconds(choices.Timeout, check.Timeout, DefaultInterval),
                Milliseconds(choices.StartPeriod, check.StartPeriod, 0),
                Milliseconds(choices.StartInterval, check.StartInterval, DefaultStartInterval),
                choices.Retries is > 0 and { } asked ? asked : check.Retries > 0 ? check.Retries : DefaultRetries);
    }

    private static IReadOnlyList<string> CommandOf(IReadOnlyList<string> test, ImageConfig image) => test.Count == 0 ? [] : test[0] switch
    {
        "CMD" => [.. test.Skip(1)],
        "CMD-SHELL" => [.. Shell(image), .. test.Skip(1)],
        _ => [], // NONE
    };

    private static IReadOnlyList<string> Shell(ImageConfig image) => image.Shell.Count > 0 ? image.Shell : s_shell;

    private static int Milliseconds(long? asked, long image, int otherwise)
    {
        // An image is not to keep its host busy with checks.
        long nanoseconds = asked is > 0 ? asked.Value : image > 0 ? Math.Max(image, LeastOfImages) : 0;
        return nanoseconds > 0 ? (int)Math.Clamp(nanoseconds / 1_000_000, 1, int.MaxValue) : otherwise;
    }
}

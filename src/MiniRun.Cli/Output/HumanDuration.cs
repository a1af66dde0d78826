namespace MiniRun.Cli.Output;

/// <summary>How docker says how long something lasted.</summary>
internal static class HumanDuration
{
    internal static string Of(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => "Less than a second",
        { TotalSeconds: < 2 } => "1 second",
        { TotalSeconds: < 60 } => $"{(int)duration.TotalSeconds} seconds",
        { TotalMinutes: < 2 } => "About a minute",
        { TotalMinutes: < 60 } => $"{(int)duration.TotalMinutes} minutes",
        { TotalHours: < 2 } => "About an hour",
        { TotalHours: < 48 } => $"{(int)duration.TotalHours} hours",
        { TotalDays: < 14 } => $"{(int)duration.TotalDays} days",
        { TotalDays: < 60 } => $"{(int)(duration.TotalDays / 7)} weeks",
        { TotalDays: < 730 } => $"{(int)(duration.TotalDays / 30)} months",
        _ => $"{(int)(duration.TotalDays / 365)} years",
    };
}

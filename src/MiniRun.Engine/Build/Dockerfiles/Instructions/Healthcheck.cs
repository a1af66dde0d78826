namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>A health check as the image configuration keeps it; zero takes the default of whoever runs it.</summary>
public sealed record Healthcheck
{
    /// <summary>"NONE"; "CMD" and arguments; or "CMD-SHELL" and a text.</summary>
    public required IReadOnlyList<string> Test { get; init; }

    public TimeSpan Interval { get; init; }

    public TimeSpan Timeout { get; init; }

    public TimeSpan StartPeriod { get; init; }

    public TimeSpan StartInterval { get; init; }

    public int Retries { get; init; }
}

namespace MiniRun.Engine.Images.Documents;

/// <summary>Docker's addition to image configurations: how a container's health is asked for. Times are nanoseconds, 0 is docker's default.</summary>
public sealed record Healthcheck
{
    /// <summary>"NONE"; "CMD" and a program with its arguments; or "CMD-SHELL" and one text for the shell.</summary>
    public IReadOnlyList<string> Test { get; init; } = [];

    public long Interval { get; init; }

    public long Timeout { get; init; }

    public long StartPeriod { get; init; }

    public long StartInterval { get; init; }

    /// <summary>Failures in a row that make a container unhealthy; 0 is 3.</summary>
    public int Retries { get; init; }
}

namespace MiniRun.Engine.Containers;

/// <summary>What `run` was told of health checks, over what the image says; null was not said. Times are nanoseconds, as docker keeps them.</summary>
public sealed record HealthChoices
{
    /// <summary>--no-healthcheck: the image's check is not carried out.</summary>
    public bool None { get; init; }

    /// <summary>--health-cmd, for the shell.</summary>
    public string? Command { get; init; }

    public long? Interval { get; init; }

    public long? Timeout { get; init; }

    public long? StartPeriod { get; init; }

    public long? StartInterval { get; init; }

    public int? Retries { get; init; }

    /// <summary>Whether anything was said.</summary>
    public bool Any => this != new HealthChoices();
}

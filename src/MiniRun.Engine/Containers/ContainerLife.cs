namespace MiniRun.Engine.Containers;

/// <summary>How a container's program has fared (life.json): written by who attends it, read by everybody. Whether it runs now is the runtime's to say.</summary>
public sealed record ContainerLife
{
    /// <summary>When the program was last started; null where it could not be.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it last ended, or could not be started; null while it runs, and where its monitor died before it.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>The exit status, 128 + n for signal n; null while it has not ended, or where nobody knows.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether the kernel killed a process of it for want of memory.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>Why it could not be started; null where it could.</summary>
    public string? Error { get; init; }

    /// <summary>How often its restart policy has started it again.</summary>
    public int Restarts { get; init; }

    /// <summary>Between two runs: its monitor waits before it starts the program again.</summary>
    public bool Restarting { get; init; }

    /// <summary>Whether it was stopped or killed by hand.</summary>
    public bool Stopped { get; init; }

    /// <summary>What its health checks have found; null where there are none.</summary>
    public ContainerHealth? Health { get; init; }

    /// <summary>Where the end of a program should be written down and is not, or what is written there is damaged.</summary>
    internal static ContainerLife Unknown { get; } = new() { Error = "how its program ended was not recorded, or the record is damaged" };

    /// <summary>The same without what can be long.</summary>
    internal ContainerLife Shortened() => this with
    {
        Error = Error is { Length: > MostError } ? Error[..MostError] : Error,
        Health = Health is null ? null : Health with { Log = [] },
    };

    private const int MostError = 256; // a character is at most six bytes in JSON
}

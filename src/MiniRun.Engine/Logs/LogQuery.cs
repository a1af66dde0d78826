namespace MiniRun.Engine.Logs;

/// <summary>What `logs` was asked to show.</summary>
public sealed record LogQuery
{
    /// <summary>How many records from the end on; null is all of them.</summary>
    public long? Tail { get; init; }

    /// <summary>None from before.</summary>
    public LogTime? Since { get; init; }

    /// <summary>None from after.</summary>
    public LogTime? Until { get; init; }

    /// <summary>Each line with its time before it.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Each line with its extra attributes and a space before it; there are none so far, so it is the space alone, as with docker.</summary>
    public bool Details { get; init; }

    /// <summary>Waits for more until the container has ended.</summary>
    public bool Follow { get; init; }
}

namespace MiniRun.Runtime.Lifecycle;

/// <summary>What `run` does beside making the container.</summary>
public sealed record RunOptions
{
    /// <summary>Leave it running and return at once.</summary>
    public bool Detach { get; init; }

    /// <summary>Keep the stopped container's state.</summary>
    public bool Keep { get; init; }

    /// <summary>Whether signals that the caller gets go on to the program.</summary>
    public bool ForwardSignals { get; init; } = true;

    /// <summary>Called with the host's pid of the program once it runs.</summary>
    public Action<int>? OnStarted { get; init; }
}

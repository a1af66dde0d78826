namespace MiniRun.Engine.Monitoring;

/// <summary>How somebody attaches to a container.</summary>
public sealed record AttachOptions
{
    public AttachedStreams Streams { get; init; } = AttachedStreams.All;

    /// <summary>Whether the container has a terminal: the caller's is then put into raw mode, and its size passed on.</summary>
    public bool Terminal { get; init; }

    /// <summary>The bytes of the keys that leave the container running; empty is none.</summary>
    public IReadOnlyList<byte> DetachKeys { get; init; } = Options.DetachKeys.Default;

    /// <summary>Whether signals that the caller gets go on to the program. With a terminal all but SIGHUP: its window may be closed and the program go on.</summary>
    public bool SignalProxy { get; init; } = true;
}

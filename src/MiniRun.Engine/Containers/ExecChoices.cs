using MiniRun.Engine.Options;

namespace MiniRun.Engine.Containers;

/// <summary>Everything `minirun exec` was asked.</summary>
public sealed record ExecChoices
{
    /// <summary>A container's name, id or beginning of its id.</summary>
    public required string Container { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>-d: the process is left running, its output unread.</summary>
    public bool Detach { get; init; }

    public bool Interactive { get; init; }

    public bool Terminal { get; init; }

    /// <summary>What leaves the program's terminal when it is typed, as bytes; empty for nothing.</summary>
    public IReadOnlyList<byte> DetachKeys { get; init; } = [];

    public IReadOnlyList<EnvironmentVariable> Environment { get; init; } = [];

    public string? WorkingDirectory { get; init; }

    /// <summary>Null is the container's own user.</summary>
    public string? User { get; init; }

    /// <summary>Every capability there is.</summary>
    public bool Privileged { get; init; }
}

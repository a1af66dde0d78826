using MiniRun.Engine.Logs;
using MiniRun.Engine.Options;

namespace MiniRun.Engine.Containers;

/// <summary>What `run` was told of the container's life beside its program's: who sees its output, when it is started again, how it is stopped.</summary>
public sealed record LifeChoices
{
    /// <summary>-d: nobody stays with the container.</summary>
    public bool Detach { get; init; }

    /// <summary>-a: which streams the caller gets; empty is all that -i, -t and -d leave.</summary>
    public IReadOnlyList<string> Attach { get; init; } = [];

    /// <summary>--rm: the container is removed when its program ends.</summary>
    public bool Remove { get; init; }

    public RestartPolicy Restart { get; init; }

    /// <summary>Seconds between the stop signal and SIGKILL; null is docker's 10, -1 waits for ever.</summary>
    public int? StopTimeout { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>For config.json.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Annotations { get; init; } = [];

    public LogOptions Log { get; init; } = new();

    public HealthChoices Health { get; init; } = new();
}

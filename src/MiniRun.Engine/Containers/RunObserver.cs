using MiniRun.Runtime;
using MiniRun.Runtime.Launch;

namespace MiniRun.Engine.Containers;

/// <summary>Whom `run` tells what happens; null is nobody.</summary>
public sealed record RunObserver
{
    /// <summary>The container has its id, name and folder.</summary>
    public Action<ContainerId, string>? Created { get; init; }

    /// <summary>Something the user should know before the program starts, in a sentence.</summary>
    public Action<string>? Remark { get; init; }

    /// <summary>Its program runs; the number is the host's pid.</summary>
    public Action<int>? Started { get; init; }

    /// <summary>A step of the launch plan has been carried out.</summary>
    public Action<TraceRecord>? Step { get; init; }
}

using MiniRun.Engine.Options;

namespace MiniRun.Engine.Containers;

/// <summary>What `run` was told of the program itself.</summary>
public sealed record ProcessChoices
{
    /// <summary>-i: stdin stays open; without it the program reads /dev/null.</summary>
    public bool Interactive { get; init; }

    /// <summary>-t: the program has a terminal of its own.</summary>
    public bool Terminal { get; init; }

    /// <summary>Those of --env-file first, then -e, in order; the last one of a name counts.</summary>
    public IReadOnlyList<EnvironmentVariable> Environment { get; init; } = [];

    public string? WorkingDirectory { get; init; }

    /// <summary>"uid", "name", "uid:gid" or "name:group", looked up in the image.</summary>
    public string? User { get; init; }

    public IReadOnlyList<string> AdditionalGroups { get; init; } = [];

    public uint? Umask { get; init; }

    /// <summary>Null keeps the image's entrypoint, "" takes it away.</summary>
    public string? Entrypoint { get; init; }

    public IReadOnlyList<Runtime.Spec.RlimitSpec> Ulimits { get; init; } = [];

    /// <summary>-1000 to 1000.</summary>
    public int? OomScoreAdjust { get; init; }

    /// <summary>The number of the signal that asks the program to end; 0 is SIGTERM.</summary>
    public int StopSignal { get; init; }

    /// <summary>--init: minirun-init stays process 1, forwards signals and reaps orphans.</summary>
    public bool Init { get; init; }
}

using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Bundles;

/// <summary>A container ready for the runtime, and where each of its settings comes from.</summary>
public sealed record Bundle
{
    public required RuntimeSpec Spec { get; init; }

    /// <summary>Which option asked for what, for explain.</summary>
    public required OptionOrigins Origins { get; init; }

    /// <summary>What the host does not give although the defaults or ALL ask for it, one sentence each, for explain.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

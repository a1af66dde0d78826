namespace MiniRun.Engine.Listing;

/// <summary>Which containers `ps` was asked for.</summary>
public sealed record ContainerSelection
{
    /// <summary>-a: also those that do not run.</summary>
    public bool All { get; init; }

    /// <summary>-n: only so many, the newest ones, running or not; null is all.</summary>
    public int? Last { get; init; }

    /// <summary>--filter KEY=VALUE.</summary>
    public ContainerFilters Filters { get; init; } = ContainerFilters.None;
}

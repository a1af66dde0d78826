namespace MiniRun.Runtime.Spec;

/// <summary>The five sets by name, as written ("CAP_CHOWN"); names this kernel does not know are warned about, not fatal, as runc does.</summary>
public sealed record CapabilitiesSpec
{
    public IReadOnlyList<string> Bounding { get; init; } = [];

    public IReadOnlyList<string> Effective { get; init; } = [];

    public IReadOnlyList<string> Permitted { get; init; } = [];

    public IReadOnlyList<string> Inheritable { get; init; } = [];

    public IReadOnlyList<string> Ambient { get; init; } = [];
}

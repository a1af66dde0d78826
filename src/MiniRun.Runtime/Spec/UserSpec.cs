namespace MiniRun.Runtime.Spec;

/// <summary>Who the program runs as, as numbers inside the container's user namespace.</summary>
public sealed record UserSpec
{
    public uint Uid { get; init; }

    public uint Gid { get; init; }

    public uint? Umask { get; init; }

    public IReadOnlyList<uint> AdditionalGids { get; init; } = [];
}

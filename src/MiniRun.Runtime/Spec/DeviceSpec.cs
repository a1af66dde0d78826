namespace MiniRun.Runtime.Spec;

/// <summary>A device node to make. Type is c, b, u or p.</summary>
public sealed record DeviceSpec
{
    public required char Type { get; init; }

    public required string Path { get; init; }

    public long Major { get; init; }

    public long Minor { get; init; }

    public uint? FileMode { get; init; }

    public uint? Uid { get; init; }

    public uint? Gid { get; init; }
}

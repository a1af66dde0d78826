namespace MiniRun.Engine.Options;

/// <summary>A file system in memory, from --tmpfs or --mount type=tmpfs.</summary>
public sealed record TmpfsMount : UserMount
{
    /// <summary>Mount options, ready for the spec: docker's nosuid, nodev and noexec unless the user said otherwise.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    internal override (string Option, string Text) AsOption() => ("--tmpfs", $"{Destination}:{string.Join(',', Options)}");
}

namespace MiniRun.Linux.Users;

/// <summary>A user as a program runs: ids inside the container.</summary>
public sealed record UserIdentity
{
    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary>Groups that list the user in etc/group; none where a group was named explicitly, as docker does.</summary>
    public IReadOnlyList<uint> SupplementaryGroups { get; init; } = [];

    /// <summary>The home folder; "/" without an entry in etc/passwd.</summary>
    public string Home { get; init; } = "/";

    /// <summary>The name in etc/passwd, or null where the uid has no entry.</summary>
    public string? Name { get; init; }
}

namespace MiniRun.Runtime.Plan;

/// <summary>Where the mapping of an id-mapped mount comes from; argument1 of a HostTree step.</summary>
internal enum IdMapOrigin
{
    /// <summary>The mount shows ids as they are on the disk.</summary>
    None = 0,

    /// <summary>The plan's mapping, that of the container's new user namespace.</summary>
    Container = 1,

    /// <summary>Maps of the mount's own.</summary>
    Own = 2,

    /// <summary>The user namespace the container joins.</summary>
    JoinedNamespace = 3,
}

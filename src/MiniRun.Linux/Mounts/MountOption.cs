namespace MiniRun.Linux.Mounts;

/// <summary>What a word of mounts[].options means to the kernel.</summary>
public readonly record struct MountOption(MountOptionKind Kind)
{
    /// <summary>MOUNT_ATTR_* to set.</summary>
    public ulong Set { get; init; }

    /// <summary>MOUNT_ATTR_* to clear before; an access-time word clears all of MOUNT_ATTR__ATIME, as mount_setattr demands.</summary>
    public ulong Clear { get; init; }

    /// <summary>Whether the mounts below get the attributes too (the words that begin with r).</summary>
    public bool Recursive { get; init; }

    /// <summary>MS_SHARED and the like, with MS_REC.</summary>
    public ulong Propagation { get; init; }
}

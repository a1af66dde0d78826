namespace MiniRun.Linux.Mounts;

/// <summary>What a mount option's word is about.</summary>
public enum MountOptionKind
{
    /// <summary>Says what is so anyway.</summary>
    Ignored,

    /// <summary>Flags of the mount: mount_setattr sets and clears them.</summary>
    Attribute,

    /// <summary>How mounts spread from and to other namespaces.</summary>
    Propagation,

    /// <summary>The mount shows what another path shows.</summary>
    Bind,

    /// <summary>As Bind, with the mounts below.</summary>
    RecursiveBind,

    /// <summary>Changes the mount that is there instead of making one.</summary>
    Remount,

    /// <summary>The mount's ids are mapped.</summary>
    IdMap,

    /// <summary>As IdMap, with the mounts below.</summary>
    RecursiveIdMap,

    /// <summary>A flag of the file system itself: fsconfig takes the word.</summary>
    Superblock,

    /// <summary>A new tmpfs starts with a copy of what it covers.</summary>
    TmpCopyUp,
}

namespace MiniRun.Runtime.Plan;

/// <summary>How a mount comes to be.</summary>
internal enum MountOrigin
{
    /// <summary>A clone of a host's mount, taken before the root is left.</summary>
    HostTree,

    /// <summary>A read-only overlay of folders of the host.</summary>
    HostLayers,

    /// <summary>A new file system made while the host's is still visible: the kernel gives a new proc or sysfs only to who can see a full one.</summary>
    NewBeforeRoot,

    /// <summary>A new file system.</summary>
    New,

    /// <summary>No mount: other attributes for one that stands already ("remount").</summary>
    Remount,
}

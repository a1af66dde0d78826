using static MiniRun.Linux.Mounts.MountFlags;

namespace MiniRun.Linux.Mounts;

/// <summary>
/// The option words of runtime-spec 1.3 (config.md, "Linux mount options") and mount(8), one row a word. A word that is not
/// here is data for the file system ("size=64k", "nr_inodes=100").
/// </summary>
public static class MountOptionTable
{
    /// <summary>Every word of the table, in order of the alphabet.</summary>
    public static IReadOnlyList<string> Words() =>
    [
        "async", "atime", "bind", "defaults", "dev", "diratime", "dirsync", "exec", "idmap", "iversion",
        "lazytime", "loud", "mand", "noatime", "nodev", "nodiratime", "noexec", "noiversion", "nolazytime", "nomand",
        "norelatime", "nostrictatime", "nosuid", "nosymfollow", "private", "ratime", "rbind", "rdev", "rdiratime", "relatime",
        "remount", "rexec", "ridmap", "rnoatime", "rnodev", "rnodiratime", "rnoexec", "rnorelatime", "rnostrictatime", "rnosuid",
        "rnosymfollow", "ro", "rprivate", "rrelatime", "rro", "rrw", "rshared", "rslave", "rstrictatime", "rsuid",
        "rsymfollow", "runbindable", "rw", "shared", "silent", "slave", "strictatime", "suid", "symfollow", "sync",
        "tmpcopyup", "unbindable",
    ];

    /// <summary>Finds a word; false where it is the file system's own.</summary>
    public static bool TryFind(string word, out MountOption option)
    {
        MountOption? found = Find(word);
        option = found.GetValueOrDefault();
        return found.HasValue;
    }

    private static MountOption? Find(string word) => word switch
    {
        // Attributes of the mount. Without a word the kernel keeps access times as relatime does, so taking one back means relatime.
        "ro" => Set(MOUNT_ATTR_RDONLY),
        "rw" => Clear(MOUNT_ATTR_RDONLY),
        "nosuid" => Set(MOUNT_ATTR_NOSUID),
        "suid" => Clear(MOUNT_ATTR_NOSUID),
        "nodev" => Set(MOUNT_ATTR_NODEV),
        "dev" => Clear(MOUNT_ATTR_NODEV),
        "noexec" => Set(MOUNT_ATTR_NOEXEC),
        "exec" => Clear(MOUNT_ATTR_NOEXEC),
        "nodiratime" => Set(MOUNT_ATTR_NODIRATIME),
        "diratime" => Clear(MOUNT_ATTR_NODIRATIME),
        "noatime" => AccessTime(MOUNT_ATTR_NOATIME),
        "strictatime" => AccessTime(MOUNT_ATTR_STRICTATIME),
        "relatime" => AccessTime(MOUNT_ATTR_RELATIME),
        "atime" => AccessTime(MOUNT_ATTR_RELATIME),
        "norelatime" => AccessTime(MOUNT_ATTR_RELATIME),
        "nostrictatime" => AccessTime(MOUNT_ATTR_RELATIME),
        "nosymfollow" => Set(MOUNT_ATTR_NOSYMFOLLOW),
        "symfollow" => Clear(MOUNT_ATTR_NOSYMFOLLOW),

        // The same for the mounts below too.
        "rro" => Recursive(Set(MOUNT_ATTR_RDONLY)),
        "rrw" => Recursive(Clear(MOUNT_ATTR_RDONLY)),
        "rnosuid" => Recursive(Set(MOUNT_ATTR_NOSUID)),
        "rsuid" => Recursive(Clear(MOUNT_ATTR_NOSUID)),
        "rnodev" => Recursive(Set(MOUNT_ATTR_NODEV)),
        "rdev" => Recursive(Clear(MOUNT_ATTR_NODEV)),
        "rnoexec" => Recursive(Set(MOUNT_ATTR_NOEXEC)),
        "rexec" => Recursive(Clear(MOUNT_ATTR_NOEXEC)),
        "rnodiratime" => Recursive(Set(MOUNT_ATTR_NODIRATIME)),
        "rdiratime" => Recursive(Clear(MOUNT_ATTR_NODIRATIME)),
        "rnoatime" => Recursive(AccessTime(MOUNT_ATTR_NOATIME)),
        "rstrictatime" => Recursive(AccessTime(MOUNT_ATTR_STRICTATIME)),
        "rrelatime" => Recursive(AccessTime(MOUNT_ATTR_RELATIME)),
        "ratime" => Recursive(AccessTime(MOUNT_ATTR_RELATIME)),
        "rnorelatime" => Recursive(AccessTime(MOUNT_ATTR_RELATIME)),
        "rnostrictatime" => Recursive(AccessTime(MOUNT_ATTR_RELATIME)),
        "rnosymfollow" => Recursive(Set(MOUNT_ATTR_NOSYMFOLLOW)),
        "rsymfollow" => Recursive(Clear(MOUNT_ATTR_NOSYMFOLLOW)),

        // Where the mount comes from.
        "bind" => new MountOption(MountOptionKind.Bind),
        "rbind" => new MountOption(MountOptionKind.RecursiveBind),
        "remount" => new MountOption(MountOptionKind.Remount),
        "idmap" => new MountOption(MountOptionKind.IdMap),
        "ridmap" => new MountOption(MountOptionKind.RecursiveIdMap),
        "tmpcopyup" => new MountOption(MountOptionKind.TmpCopyUp),

        // Propagation.
        "private" => Propagation(MS_PRIVATE),
        "rprivate" => Propagation(MS_PRIVATE | MS_REC),
        "shared" => Propagation(MS_SHARED),
        "rshared" => Propagation(MS_SHARED | MS_REC),
        "slave" => Propagation(MS_SLAVE),
        "rslave" => Propagation(MS_SLAVE | MS_REC),
        "unbindable" => Propagation(MS_UNBINDABLE),
        "runbindable" => Propagation(MS_UNBINDABLE | MS_REC),

        // Flags of the file system, by the words that fsconfig takes (fs/fs_context.c).
        "sync" => new MountOption(MountOptionKind.Superblock),
        "async" => new MountOption(MountOptionKind.Superblock),
        "dirsync" => new MountOption(MountOptionKind.Superblock),
        "lazytime" => new MountOption(MountOptionKind.Superblock),
        "nolazytime" => new MountOption(MountOptionKind.Superblock),
        "mand" => new MountOption(MountOptionKind.Superblock),
        "nomand" => new MountOption(MountOptionKind.Superblock),

        // What is so anyway: nothing to say to the kernel; silent and loud only change its log, and fsconfig has no word for
        // iversion (EINVAL): a file system that counts versions does so of its own accord.
        "defaults" => new MountOption(MountOptionKind.Ignored),
        "iversion" => new MountOption(MountOptionKind.Ignored),
        "noiversion" => new MountOption(MountOptionKind.Ignored),
        "silent" => new MountOption(MountOptionKind.Ignored),
        "loud" => new MountOption(MountOptionKind.Ignored),

        _ => null,
    };

    private static MountOption Set(ulong attribute) => new(MountOptionKind.Attribute) { Set = attribute };

    private static MountOption Clear(ulong attribute) => new(MountOptionKind.Attribute) { Clear = attribute };

    private static MountOption AccessTime(ulong attribute) => new(MountOptionKind.Attribute) { Set = attribute, Clear = MOUNT_ATTR__ATIME };

    private static MountOption Recursive(MountOption option) => option with { Recursive = true };

    private static MountOption Propagation(ulong flags) => new(MountOptionKind.Propagation) { Propagation = flags };
}

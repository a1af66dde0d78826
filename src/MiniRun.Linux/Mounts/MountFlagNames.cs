using System.Text;

namespace MiniRun.Linux.Mounts;

/// <summary>Mount flags in words, for errors and `explain`.</summary>
public static class MountFlagNames
{
    /// <summary>"set RDONLY|NOSUID clear NODEV", or "" for no change. The access-time setting is shown as what it becomes.</summary>
    public static string OfAttributes(ulong set, ulong clear)
    {
        StringBuilder text = new();
        bool accessTime = (clear & MountFlags.MOUNT_ATTR__ATIME) != 0;
        Append(text, "set ", Attributes(set, accessTime));
        Append(text, "clear ", Attributes(clear & ~MountFlags.MOUNT_ATTR__ATIME, false));
        return text.ToString();
    }

    /// <summary>MOUNT_ATTR_* by name, joined by "|", without their prefix.</summary>
    public static string Attributes(ulong attributes, bool showRelatime = false)
    {
        StringBuilder text = new();
        ulong accessTime = attributes & MountFlags.MOUNT_ATTR__ATIME;
        Add(text, (attributes & MountFlags.MOUNT_ATTR_RDONLY) != 0, "RDONLY");
        Add(text, (attributes & MountFlags.MOUNT_ATTR_NOSUID) != 0, "NOSUID");
        Add(text, (attributes & MountFlags.MOUNT_ATTR_NODEV) != 0, "NODEV");
        Add(text, (attributes & MountFlags.MOUNT_ATTR_NOEXEC) != 0, "NOEXEC");
        Add(text, accessTime == MountFlags.MOUNT_ATTR_NOATIME, "NOATIME");
        Add(text, accessTime == MountFlags.MOUNT_ATTR_STRICTATIME, "STRICTATIME");
        Add(text, showRelatime && accessTime == MountFlags.MOUNT_ATTR_RELATIME, "RELATIME");
        Add(text, (attributes & MountFlags.MOUNT_ATTR_NODIRATIME) != 0, "NODIRATIME");
        Add(text, (attributes & MountFlags.MOUNT_ATTR_NOSYMFOLLOW) != 0, "NOSYMFOLLOW");
        Add(text, (attributes & MountFlags.MOUNT_ATTR_IDMAP) != 0, "IDMAP");
        return text.ToString();
    }

    /// <summary>MS_SHARED and the like by name, with REC.</summary>
    public static string Propagation(ulong flags)
    {
        StringBuilder text = new();
        Add(text, (flags & MountFlags.MS_SHARED) != 0, "SHARED");
        Add(text, (flags & MountFlags.MS_SLAVE) != 0, "SLAVE");
        Add(text, (flags & MountFlags.MS_PRIVATE) != 0, "PRIVATE");
        Add(text, (flags & MountFlags.MS_UNBINDABLE) != 0, "UNBINDABLE");
        Add(text, (flags & MountFlags.MS_REC) != 0, "REC");
        return text.ToString();
    }

    private static void Add(StringBuilder text, bool present, string name)
    {
        if (present)
        {
            Append(text, text.Length == 0 ? "" : "|", name);
        }
    }

    private static void Append(StringBuilder text, string prefix, string part)
    {
        if (part.Length == 0)
        {
            return;
        }

        if (prefix.EndsWith(' ') && text.Length > 0)
        {
            text.Append(' ');
        }

        text.Append(prefix).Append(part);
    }
}

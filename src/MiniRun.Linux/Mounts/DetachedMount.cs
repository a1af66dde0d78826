using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Mounts;

/// <summary>Mounts that hang nowhere yet: each is a descriptor, gone when it is closed unless it was attached.</summary>
public static class DetachedMount
{
    /// <summary>Clones the mount a path lies on, from the path downwards; recursive takes the mounts below along.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor Clone(string path, bool recursive)
    {
        using FileDescriptor start = FileDescriptor.WorkingDirectory();
        return Clone(start, path, recursive);
    }

    /// <summary>Clones the mount of a path below a directory; the path "" is the descriptor itself.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor Clone(FileDescriptor directory, string path, bool recursive)
    {
        uint flags = MountFlags.OPEN_TREE_CLONE | MountFlags.OPEN_TREE_CLOEXEC | (recursive ? MountFlags.AT_RECURSIVE : 0) | (path.Length == 0 ? MountFlags.AT_EMPTY_PATH : 0);
        nint result = Libc.open_tree(directory, path, flags);
        return KernelCall.CheckDescriptor(result, "open_tree", path);
    }

    /// <summary>Makes a new file system: options are "key=value" or "key"; attributes are MOUNT_ATTR_*.</summary>
    /// <exception cref="SyscallException">Its object names the option that was refused.</exception>
    public static FileDescriptor Create(string type, string source, IReadOnlyList<string> options, ulong attributes)
    {
        using FileDescriptor context = OpenContext(type);
        if (source.Length > 0)
        {
            SetOption(context, "source", source);
        }

        foreach (string option in options)
        {
            int equals = option.IndexOf('=', StringComparison.Ordinal);
            SetOption(context, equals < 0 ? option : option[..equals], equals < 0 ? null : option[(equals + 1)..]);
        }

        return Mount(context, type, attributes);
    }

    /// <summary>fsopen: the beginning of a new file system that needs more than <see cref="Create"/> sets.</summary>
    /// <exception cref="SyscallException">ENODEV: the kernel has no such file system.</exception>
    public static FileDescriptor OpenContext(string type)
    {
        nint result = Libc.fsopen(type, Libc.FSOPEN_CLOEXEC);
        return KernelCall.CheckDescriptor(result, "fsopen", type);
    }

    /// <summary>fsconfig: sets a key to a value, or a flag where the value is null.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void SetOption(FileDescriptor context, string key, string? value)
    {
        nint result = Libc.fsconfig(context, value is null ? Libc.FSCONFIG_SET_FLAG : Libc.FSCONFIG_SET_STRING, key, value, 0);
        if (result == -1)
        {
            Errno error = KernelCall.LastError;
            throw new SyscallException("fsconfig", Explained(context, value is null ? key : $"{key}={value}"), error);
        }
    }

    /// <summary>fsconfig(CMD_CREATE) and fsmount: what was configured becomes a detached mount.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor Mount(FileDescriptor context, string subject, ulong attributes)
    {
        nint created = Libc.fsconfig(context, Libc.FSCONFIG_CMD_CREATE, null, null, 0);
        if (created == -1)
        {
            Errno error = KernelCall.LastError;
            throw new SyscallException("fsconfig", Explained(context, $"create {subject}"), error);
        }

        nint result = Libc.fsmount(context, Libc.FSMOUNT_CLOEXEC, attributes);
        return KernelCall.CheckDescriptor(result, "fsmount", subject);
    }

    /// <summary>mount_setattr: sets and clears MOUNT_ATTR_*, propagation is MS_PRIVATE and the like or 0.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void SetAttributes(FileDescriptor mount, ulong set, ulong clear, ulong propagation = 0, bool recursive = false) =>
        SetAttributes(mount, new mount_attr { attr_set = set, attr_clr = clear, propagation = propagation }, recursive);

    /// <summary>Maps the ids of a detached mount by a user namespace (a descriptor of it).</summary>
    /// <exception cref="SyscallException">EINVAL: the file system cannot be id-mapped.</exception>
    public static void MapIds(FileDescriptor mount, FileDescriptor userNamespace, bool recursive = false)
    {
        SetAttributes(mount, new mount_attr { attr_set = MountFlags.MOUNT_ATTR_IDMAP, userns_fd = (ulong)userNamespace.Number }, recursive);
        GC.KeepAlive(userNamespace);
    }

    /// <summary>Attaches a detached mount onto a directory or file of the same kind, given by descriptor.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void Attach(FileDescriptor mount, FileDescriptor target, string subject)
    {
        nint result = Libc.move_mount(mount, "", target, "", Libc.MOVE_MOUNT_F_EMPTY_PATH | Libc.MOVE_MOUNT_T_EMPTY_PATH);
        KernelCall.Check(result, "move_mount", subject);
    }

    /// <summary>Unmounts a path, without following a link at its end; false where nothing is mounted there.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static bool Unmount(string path, int flags = MountFlags.MNT_DETACH)
    {
        int result = Libc.umount2(path, flags | MountFlags.UMOUNT_NOFOLLOW);
        if (result == -1 && KernelCall.LastError is Errno.EINVAL or Errno.ENOENT)
        {
            return false;
        }

        KernelCall.Check(result, "umount2", path);
        return true;
    }

    private static unsafe void SetAttributes(FileDescriptor mount, mount_attr attributes, bool recursive)
    {
        uint flags = MountFlags.AT_EMPTY_PATH | (recursive ? MountFlags.AT_RECURSIVE : 0);
        nint result = Libc.mount_setattr(mount, "", flags, &attributes);
        if (result == -1)
        {
            Errno error = KernelCall.LastError;
            throw new SyscallException("mount_setattr", MountFlagNames.OfAttributes(attributes.attr_set, attributes.attr_clr), error);
        }
    }

    /// <summary>Adds what the file system itself says of an error: a context's log is read line by line ("e overlay: …").</summary>
    private static unsafe string Explained(FileDescriptor context, string subject)
    {
        Span<byte> line = stackalloc byte[256];
        nint count;
        fixed (byte* start = line)
        {
            count = Libc.read(context, start, (nuint)line.Length);
        }

        return count <= 2 ? subject : $"{subject} ({System.Text.Encoding.UTF8.GetString(line[2..(int)count]).TrimEnd('\n')})";
    }
}

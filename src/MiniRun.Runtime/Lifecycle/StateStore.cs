using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Launch;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>The state root: one folder a container, all closed to other users (CVE-2021-41103).</summary>
internal sealed class StateStore : IDisposable
{
    private readonly FileDescriptor _root;

    private StateStore(FileDescriptor root)
    {
        _root = root;
    }

    /// <summary>Opens the root and makes it where it is missing.</summary>
    /// <exception cref="MiniRunException">It cannot be made, or belongs to another user.</exception>
    public static StateStore OpenOrMake(string path)
    {
        try
        {
            HostDirectory.MakeAll(path);
        }
        catch (SyscallException failure) when (failure.Errno is Errno.EACCES or Errno.EROFS)
        {
            throw new MiniRunException($"{failure.Message}: give a folder of your own with --root, or set XDG_RUNTIME_DIR");
        }

        return new StateStore(Checked(HostFile.OpenDirectory(path), path));
    }

    /// <summary>Opens the root; null where there is none, and so no container.</summary>
    public static StateStore? TryOpen(string path)
    {
        FileDescriptor? root = HostFile.TryOpen(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, out Errno error);
        return root switch
        {
            not null => new StateStore(Checked(root, path)),
            null when error == Errno.ENOENT => null,
            _ => throw new SyscallException("open", path, error),
        };
    }

    /// <summary>Makes a container's folder.</summary>
    /// <exception cref="MiniRunException">The id is taken.</exception>
    public ContainerFolder Make(ContainerId id)
    {
        if (!HostDirectory.MakeAt(_root, id.Value))
        {
            throw new MiniRunException($"container with id exists: {id}: choose another id, or remove that one with `delete`");
        }

        Faults.Point(FaultPoint.Folder);
        return TryOpen(id) ?? throw new MiniRunException($"container {id} was removed while it was made");
    }

    /// <summary>Opens a container's folder; null where there is none.</summary>
    public ContainerFolder? TryOpen(ContainerId id)
    {
        FileDescriptor? folder = HostFile.TryOpenAt(_root, id.Value, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, 0, out Errno error);
        return folder switch
        {
            not null => new ContainerFolder(id, folder, _root),
            null when error is Errno.ENOENT or Errno.ENOTDIR => null,
            _ => throw new SyscallException("openat", id.Value, error),
        };
    }

    /// <summary>The ids of all containers, in order.</summary>
    public IReadOnlyList<ContainerId> Ids()
    {
        List<string> names = [.. HostDirectory.List(_root, "state root")];
        names.Sort(StringComparer.Ordinal);
        List<ContainerId> ids = [];
        foreach (string name in names)
        {
            if (FileStatus.OfEntry(_root, name) is { IsDirectory: true })
            {
                Add(ids, name);
            }
        }

        return ids;
    }

    public void Dispose() => _root.Dispose();

    /// <summary>A folder that no container can be called by is somebody else's.</summary>
    private static void Add(List<ContainerId> ids, string name)
    {
        try
        {
            ids.Add(ContainerId.Parse(name));
        }
        catch (MiniRunException)
        {
        }
    }

    private static FileDescriptor Checked(FileDescriptor root, string path)
    {
        FileStatus status = FileStatus.Of(root, path);
        bool isHostsRoot = FileStatus.Of("/") is { } top && top.Inode == status.Inode && top.DeviceMajor == status.DeviceMajor && top.DeviceMinor == status.DeviceMinor;
        if (!isHostsRoot && status.Uid == CurrentProcess.EffectiveUid && (status.Mode & 0x12) == 0)
        {
            return root;
        }

        root.Dispose();
        throw new MiniRunException(isHostsRoot
            ? $"state root {path}: is the host's root, where ids would be the names of its folders: give a folder of its own with --root"
            : $"state root {path}: others than this user can write there: chown it, chmod it to 0700, or give another --root");
    }
}

using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Launch;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>One container's folder below the state root, reached through its descriptor, so that it stays this one whatever happens to its name.</summary>
internal sealed class ContainerFolder(ContainerId id, FileDescriptor directory, FileDescriptor root) : IDisposable
{
    public const string ConfigName = "config.json";

    /// <summary>The largest config.json, in bytes.</summary>
    public const int MaxConfig = 16 << 20;

    /// <summary>A link that names the container's cgroup, for `delete --force` when state.json is damaged.</summary>
    private const string CgroupLink = "cgroup";

    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(10);

    public ContainerId Id => id;

    public FileDescriptor Directory => directory;

    /// <summary>Whoever changes the container holds this. Waits ten seconds for another that does.</summary>
    /// <exception cref="MiniRunException">It is held for longer, or the folder is gone.</exception>
    public FileLock Lock()
    {
        long deadline = Environment.TickCount64 + (long)LockTime.TotalMilliseconds;
        while (true)
        {
            try
            {
                if (FileLock.TryTakeFolder(directory, root, id.Value) is { } taken)
                {
                    return taken;
                }
            }
            catch (SyscallException gone) when (gone.Errno == Errno.ENOENT)
            {
                throw new NoSuchContainerException(id);
            }

            if (Environment.TickCount64 > deadline)
            {
                throw new MiniRunException($"container {id}: another minirun is at work on it for {LockTime.TotalSeconds} seconds: wait, or end that one");
            }

            Thread.Sleep(10);
        }
    }

    /// <summary>Whether somebody is changing the container right now.</summary>
    public bool IsLocked()
    {
        using FileLock? free = FileLock.TryTakeFolder(directory, root, id.Value);
        return free is null;
    }

    /// <summary>What state.json says; null where there is none: the container is not yet, or no longer.</summary>
    public ContainerState? ReadState()
    {
        using FileDescriptor? file = HostFile.TryOpenAt(directory, StateFile.Name, OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW, 0, out Errno error);
        if (file is null)
        {
            return error == Errno.ENOENT ? null : throw new SyscallException("openat", StateFile.Name, error);
        }

        byte[] text = HostFile.ReadBounded(file, StateFile.Name, StateFile.MaxSize);
        return text.Length == 0 ? null : StateFile.Read(id, text);
    }

    /// <summary>What state.json says.</summary>
    /// <exception cref="NoSuchContainerException">There is none.</exception>
    public ContainerState RequireState() => ReadState() ?? throw new NoSuchContainerException(id);

    /// <summary>Writes the first state.json, before anything is made. Whoever reads an empty one finds a container that is not described yet.</summary>
    public void WriteIntent(ContainerState intent)
    {
        using FileDescriptor file = HostFile.OpenAt(directory, StateFile.Name, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW, 0x180);
        HostFile.WriteAll(file, StateFile.Write(intent), StateFile.Name);
        if (intent.Cgroup is not null)
        {
            HostDirectory.LinkAt(directory, CgroupLink, intent.Cgroup);
        }
    }

    /// <summary>The cgroup's folder as it was written down beside state.json, or null.</summary>
    public string? ReadCgroup() => HostDirectory.ReadLinkAt(directory, CgroupLink);

    /// <summary>Writes the next state.json beside the present one; <see cref="CommitState"/> puts it in place.</summary>
    public void PrepareState(ContainerState state) => FileReplacement.Prepare(directory, StateFile.Name, StateFile.Write(state));

    public void CommitState() => FileReplacement.Complete(directory, StateFile.Name);

    public void WriteState(ContainerState state) => FileReplacement.Write(directory, StateFile.Name, StateFile.Write(state));

    public void WriteConfig(ReadOnlySpan<byte> config)
    {
        using FileDescriptor file = HostFile.OpenAt(directory, ConfigName, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC | OpenFlags.O_NOFOLLOW, 0x180);
        HostFile.WriteAll(file, config, ConfigName);
    }

    public byte[] ReadConfig()
    {
        using FileDescriptor file = HostFile.OpenAt(directory, ConfigName, OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW);
        return HostFile.ReadBounded(file, ConfigName, MaxConfig);
    }

    /// <summary>Who made the container.</summary>
    public uint OwnerUid() => FileStatus.Of(directory, id.Value).Uid;

    /// <summary>Removes the folder, the record of what may exist last, so that a removal that was cut off is found and finished by the next.</summary>
    public void Remove()
    {
        HostDirectory.RemoveFile(directory, HostDescriptors.StartSocketName);
        Faults.Point(FaultPoint.StartSocketRemoved);
        HostDirectory.RemoveFile(directory, ConfigName);
        Faults.Point(FaultPoint.ConfigRemoved);
        RemoveNotify();
        HostDirectory.RemoveFile(directory, "." + StateFile.Name + ".new");
        HostDirectory.RemoveFile(directory, CgroupLink);
        HostDirectory.RemoveFile(directory, StateFile.Name);
        Faults.Point(FaultPoint.StateRemoved);
        HostDirectory.RemoveEmpty(root, id.Value);
        Faults.Point(FaultPoint.FolderRemoved);
    }

    public void Dispose() => directory.Dispose();

    private void RemoveNotify()
    {
        using FileDescriptor? notify = HostFile.TryOpenAt(directory, ReadinessRelay.FolderName, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, 0, out _);
        if (notify is not null)
        {
            HostDirectory.RemoveFile(notify, ReadinessRelay.SocketName);
            HostDirectory.RemoveEmpty(directory, ReadinessRelay.FolderName);
        }
    }
}

using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Cgroups;

/// <summary>An open cgroup v2 folder. Everything is done through its descriptor, so a path is resolved once.</summary>
public sealed class Cgroup : IDisposable
{
    private const string DelegateList = "/sys/kernel/cgroup/delegate";
    private const uint KeepGroup = uint.MaxValue;
    private static readonly TimeSpan FreezeTime = TimeSpan.FromSeconds(10);

    internal Cgroup(FileDescriptor directory, string folder, CgroupPath path)
    {
        Directory = directory;
        Folder = folder;
        Path = path;
    }

    /// <summary>The folder's descriptor, for CLONE_INTO_CGROUP and BPF; owned by this object.</summary>
    public FileDescriptor Directory { get; }

    /// <summary>The folder's path, for messages and state.</summary>
    public string Folder { get; }

    public CgroupPath Path { get; }

    /// <summary>Whether any process is in the cgroup or below it.</summary>
    public bool Populated => CgroupEvents.Read(this, "cgroup.events", "populated") != 0;

    /// <summary>Whether all processes are frozen.</summary>
    public bool Frozen => CgroupEvents.Read(this, "cgroup.events", "frozen") != 0;

    /// <summary>How many processes the kernel's OOM killer has killed here or below; 0 without the memory controller.</summary>
    public long OomKills => CgroupEvents.Read(this, "memory.events", "oom_kill");

    /// <summary>memory.events, to wait for its changes; null without the memory controller.</summary>
    public FileDescriptor? OpenMemoryEvents() => HostFile.TryOpenAt(Directory, "memory.events", OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW, 0, out _);

    /// <summary>What <see cref="OomKills"/> says, read from an open memory.events; fallback where the cgroup is gone.</summary>
    public static long OomKillsIn(FileDescriptor memoryEvents, long fallback) => CgroupEvents.Current(memoryEvents, "oom_kill", fallback);

    /// <summary>Bytes of memory in use here and below; null without the memory controller.</summary>
    public long? MemoryInUse =>
        CgroupFile.TryRead(Directory, "memory.current", out _) is { } text && Number.TryParse(text.AsSpan().TrimEnd('\n'), out long bytes) ? bytes : null;

    /// <summary>The text of one of its files; null where there is none.</summary>
    public string? TryRead(string file) => CgroupFile.TryRead(Directory, file, out _);

    /// <summary>Makes a cgroup and what is missing above it, with the controllers enabled on the way down. Existing ones are used.</summary>
    /// <param name="host">Where cgroup2 is.</param>
    /// <param name="path">The cgroup.</param>
    /// <param name="controllers">Those that it must have.</param>
    /// <param name="counting">Those that it gets where that can be.</param>
    /// <exception cref="MiniRunException">A controller cannot be enabled, or the folder cannot be made; the message says why.</exception>
    public static Cgroup Create(CgroupHost host, CgroupPath path, IReadOnlyList<string> controllers, IReadOnlyList<string>? counting = null) =>
        CgroupCreation.Create(host, path, controllers, counting ?? []);

    /// <summary>Opens an existing cgroup; null where there is none.</summary>
    /// <exception cref="MiniRunException">It cannot be opened, or is no cgroup.</exception>
    public static Cgroup? TryOpen(CgroupHost host, CgroupPath path)
    {
        string folder = host.FolderOf(path);
        FileDescriptor? directory = HostFile.TryOpen(folder, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, out Errno error);
        if (directory is null)
        {
            return error == Errno.ENOENT ? null : throw new SyscallException("open", folder, error);
        }

        if (!Cgroup2Mount.IsOn(directory))
        {
            directory.Dispose();
            throw new MiniRunException($"{folder} is not on a cgroup2 file system");
        }

        return new Cgroup(directory, folder, path);
    }

    /// <summary>Writes one setting.</summary>
    /// <exception cref="MiniRunException">The kernel refused it; the message names file, value, reason and remedy.</exception>
    public void Write(in CgroupWrite write) => CgroupFile.Write(this, write);

    /// <summary>Gives the folder, and the files in it that the kernel says may be given (/sys/kernel/cgroup/delegate), to a user. Limits are not among them.</summary>
    /// <exception cref="SyscallException">EPERM: giving files away needs CAP_CHOWN.</exception>
    public void GiveTo(uint uid)
    {
        Give("", uid);
        foreach (string file in Delegated())
        {
            Give(file, uid);
        }
    }

    /// <summary>The kernel's list or, where its /sys does not show one (/sys covered or not mounted), the three of runtime-spec config-linux.md#cgroup-ownership.</summary>
    private static string[] Delegated()
    {
        try
        {
            return HostFile.ReadText(DelegateList, 4096).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (SyscallException missing) when (missing.Errno == Errno.ENOENT)
        {
            return ["cgroup.procs", "cgroup.subtree_control", "cgroup.threads"];
        }
    }

    /// <summary>Stops all processes here and below and waits until they are stopped.</summary>
    /// <exception cref="MiniRunException">They do not stop within ten seconds (one is in an uninterruptible call); they run again then.</exception>
    public void Freeze()
    {
        Write(new("cgroup.freeze", "1"));
        if (!CgroupEvents.Wait(this, "frozen", 1, FreezeTime))
        {
            Write(new("cgroup.freeze", "0"));
            throw new MiniRunException($"freeze {Folder}: its processes did not stop within {FreezeTime.TotalSeconds} seconds: one waits for a device or network file system");
        }
    }

    /// <summary>Lets all processes go on.</summary>
    /// <exception cref="MiniRunException">The kernel refused, or a cgroup above is frozen.</exception>
    public void Thaw()
    {
        Write(new("cgroup.freeze", "0"));
        if (!CgroupEvents.Wait(this, "frozen", 0, FreezeTime))
        {
            throw new MiniRunException($"thaw {Folder}: it stays frozen: a cgroup above it is frozen");
        }
    }

    /// <summary>Kills every process here and below, also those forking meanwhile (cgroup.kill, Linux 5.14).</summary>
    /// <exception cref="MiniRunException">The kernel refused.</exception>
    public void Kill() => Write(new("cgroup.kill", "1"));

    /// <summary>Waits until no process is left here and below; false when time is up.</summary>
    public bool WaitUntilEmpty(TimeSpan time) => CgroupEvents.Wait(this, "populated", 0, time);

    /// <summary>The processes here and below, in no order. Those of a pid namespace that is not visible from here are left out.</summary>
    /// <exception cref="MiniRunException">A file cannot be read.</exception>
    public IReadOnlyList<int> Processes() => CgroupTree.Processes(this);

    /// <summary>Removes the cgroup and everything below it, waiting for dying processes, and closes it. Without one there nothing happens.</summary>
    /// <param name="time">How long to wait for processes to be gone.</param>
    /// <param name="emptyParents">Whether to remove parents that became empty too: right where they are minirun's own.</param>
    /// <exception cref="MiniRunException">Processes are left; the message names them.</exception>
    public void Remove(TimeSpan time, bool emptyParents)
    {
        CgroupTree.Remove(this, time);
        Dispose();
        if (emptyParents)
        {
            CgroupTree.RemoveEmptyParents(Folder, Path);
        }
    }

    public void Dispose() => Directory.Dispose();

    /// <summary>The kernel's list is for all cgroups: not every one has memory.oom.group.</summary>
    private void Give(string file, uint uid)
    {
        int result = Libc.fchownat(Directory, file, uid, KeepGroup, Libc.AT_EMPTY_PATH | Libc.AT_SYMLINK_NOFOLLOW);
        if (result == -1 && KernelCall.LastError != Errno.ENOENT)
        {
            throw new SyscallException("fchownat", $"{Folder}/{file}", KernelCall.LastError);
        }
    }
}

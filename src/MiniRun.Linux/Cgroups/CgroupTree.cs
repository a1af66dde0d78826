using System.Diagnostics;
using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Cgroups;

/// <summary>
/// Walks a cgroup and the ones below it with one open descriptor at a time: a container that may make cgroups can nest
/// them deeper than the limit on open files, and give them names that are no UTF-8. Going back through ".." is safe, since cgroup v2 knows no rename.
/// </summary>
internal static class CgroupTree
{
    private const byte DT_DIR = 4;
    private const uint OwnerOnly = 0x1c0;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private static int Folders => OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;

    public static void Remove(Cgroup cgroup, TimeSpan time)
    {
        Stopwatch watch = Stopwatch.StartNew();
        RemoveChildren(cgroup, time, watch);
        using FileDescriptor parent = Open(cgroup.Directory, "..", cgroup.Folder);
        RemoveOne(cgroup, parent, Encoding.UTF8.GetBytes(cgroup.Path.Names[^1]), time, watch);
    }

    public static void RemoveEmptyParents(string folder, CgroupPath path)
    {
        for (int level = path.Names.Count - 1; level > 0; level--)
        {
            folder = folder[..folder.LastIndexOf('/')];
            using FileDescriptor start = FileDescriptor.WorkingDirectory();
            if (Libc.unlinkat(start, folder, Libc.AT_REMOVEDIR) != 0)
            {
                // EBUSY: another container is there. It removes the parent when it goes.
                return;
            }
        }
    }

    public static IReadOnlyList<int> Processes(Cgroup cgroup)
    {
        List<int> processes = [];
        Visit(cgroup, directory => AddProcesses(processes, directory));
        return processes;
    }

    /// <summary>Visits every cgroup below and at last this one, children in the kernel's order.</summary>
    private static void Visit(Cgroup cgroup, Action<FileDescriptor> visit)
    {
        List<List<byte[]>> pending = [Children(cgroup.Directory, cgroup.Folder)];
        FileDescriptor current = Open(cgroup.Directory, ".", cgroup.Folder);
        try
        {
            while (true)
            {
                List<byte[]> names = pending[^1];
                if (names.Count > 0)
                {
                    byte[] name = names[^1];
                    names.RemoveAt(names.Count - 1);
                    // Null where the cgroup was removed meanwhile.
                    if (FolderEntry.TryOpen(current, name, Folders, out _) is { } child)
                    {
                        current.Dispose();
                        current = child;
                        pending.Add(Children(current, cgroup.Folder));
                    }

                    continue;
                }

                visit(current);
                pending.RemoveAt(pending.Count - 1);
                if (pending.Count == 0)
                {
                    return;
                }

                FileDescriptor parent = Open(current, "..", cgroup.Folder);
                current.Dispose();
                current = parent;
            }
        }
        finally
        {
            current.Dispose();
        }
    }

    private static void RemoveChildren(Cgroup cgroup, TimeSpan time, Stopwatch watch)
    {
        List<byte[]> path = [];
        FileDescriptor current = Open(cgroup.Directory, ".", cgroup.Folder);
        try
        {
            while (true)
            {
                List<byte[]> children = Children(current, cgroup.Folder);
                FileDescriptor next;
                if (children.Count > 0)
                {
                    if (TryOpen(cgroup, current, children[0], time, watch) is not { } child)
                    {
                        continue;
                    }

                    path.Add(children[0]);
                    next = child;
                }
                else if (path.Count > 0)
                {
                    next = Open(current, "..", cgroup.Folder);
                    RemoveOne(cgroup, next, path[^1], time, watch);
                    path.RemoveAt(path.Count - 1);
                }
                else
                {
                    return;
                }

                current.Dispose();
                current = next;
            }
        }
        finally
        {
            current.Dispose();
        }
    }

    /// <summary>Null where it is to be looked for again: it is gone, or its owner had closed it (a container of this user may, mode 0), and this user, the owner, has opened it.</summary>
    private static FileDescriptor? TryOpen(Cgroup cgroup, FileDescriptor directory, ReadOnlySpan<byte> name, TimeSpan time, Stopwatch watch)
    {
        FileDescriptor? child = FolderEntry.TryOpen(directory, name, Folders, out Errno error);
        bool again = watch.Elapsed <= time && (error == Errno.ENOENT || (error == Errno.EACCES && Libc.fchmodat(directory, name, OwnerOnly, 0) == 0));
        return child ?? (again ? null : throw new SyscallException("open", $"{cgroup.Folder} ({FolderEntry.Shown(name)})", error));
    }

    /// <summary>rmdir is EBUSY until the last dying process has left.</summary>
    private static void RemoveOne(Cgroup cgroup, FileDescriptor parent, ReadOnlySpan<byte> name, TimeSpan time, Stopwatch watch)
    {
        while (Libc.unlinkat(parent, name, Libc.AT_REMOVEDIR) == -1)
        {
            Errno error = KernelCall.LastError;
            if (error == Errno.ENOENT)
            {
                return;
            }

            if (error != Errno.EBUSY)
            {
                throw new SyscallException("rmdir", $"{cgroup.Folder} ({FolderEntry.Shown(name)})", error);
            }

            if (watch.Elapsed > time)
            {
                throw new MiniRunException($"rmdir {cgroup.Folder}: processes are left in it ({string.Join(", ", Processes(cgroup))}): kill them, or delete with --force");
            }

            // Even an unpopulated cgroup may be busy for a moment, so the event alone is not enough to wait for.
            TimeSpan rest = time - watch.Elapsed;
            CgroupEvents.Wait(cgroup, "populated", 0, rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
            Thread.Sleep(Pause);
        }
    }

    private static void AddProcesses(List<int> processes, FileDescriptor directory)
    {
        string text = CgroupFile.TryRead(directory, "cgroup.procs", out _) ?? "";
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            // "0" is a process of a pid namespace that is not below ours.
            if (Number.TryParse(line, out long process) && process is > 0 and <= int.MaxValue)
            {
                processes.Add((int)process);
            }
        }
    }

    private static List<byte[]> Children(FileDescriptor directory, string folder)
    {
        using FileDescriptor fresh = Open(directory, ".", folder);
        List<byte[]> names = [];
        DirectoryReader reader = new(fresh, folder);
        while (reader.Next(out ReadOnlySpan<byte> name, out byte type))
        {
            if (type == DT_DIR)
            {
                names.Add(name.ToArray());
            }
        }

        return names;
    }

    private static FileDescriptor Open(FileDescriptor directory, string name, string folder)
        => HostFile.TryOpenAt(directory, name, Folders, 0, out Errno error)
            ?? throw new SyscallException("open", $"{folder} ({name})", error);
}

using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Cgroups;

/// <summary>Makes a cgroup from the top down, enabling controllers for its children in each cgroup above it.</summary>
internal static class CgroupCreation
{
    // Another minirun may remove an empty parent between our two mkdirs; it never does so for long.
    private const int Attempts = 20;

    // Others of the host may look in; writing stays with the owner.
    private const uint FolderMode = 0x1ed;

    public static Cgroup Create(CgroupHost host, CgroupPath path, IReadOnlyList<string> controllers, IReadOnlyList<string> counting)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return Descend(host, path, controllers, counting);
            }
            catch (SyscallException failure) when (failure.Errno is Errno.ENOENT or Errno.ENODEV && attempt < Attempts)
            {
            }
        }
    }

    private static Cgroup Descend(CgroupHost host, CgroupPath path, IReadOnlyList<string> controllers, IReadOnlyList<string> counting)
    {
        Cgroup current = Cgroup.TryOpen(host, CgroupPath.Root) ?? throw new SyscallException("open", host.FolderOf(CgroupPath.Root), Errno.ENOENT);
        try
        {
            foreach (string name in path.Names)
            {
                Enable(host, current, controllers, counting);
                Cgroup child = MakeChild(current, name);
                current.Dispose();
                current = child;
            }

            return current;
        }
        catch
        {
            current.Dispose();
            throw;
        }
    }

    private static Cgroup MakeChild(Cgroup parent, string name)
    {
        string folder = parent.Folder + "/" + name;
        if (Libc.mkdirat(parent.Directory, name, FolderMode) == -1)
        {
            Errno error = KernelCall.LastError;
            ThrowUnlessThere(folder, error);
        }

        FileDescriptor directory = HostFile.TryOpenAt(parent.Directory, name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, 0, out Errno failure)
            ?? throw new SyscallException("open", folder, failure);
        return new Cgroup(directory, folder, parent.Path.Child(name));
    }

    private static void ThrowUnlessThere(string folder, Errno error)
    {
        string? remedy = error switch
        {
            Errno.EEXIST => null,
            Errno.EACCES or Errno.EPERM => "not delegated to this user: run as root, give a cgroup delegated to you, or use no cgroup",
            Errno.EROFS => "cgroup2 is mounted read-only here: an outer container must mount it read-write, or use no cgroup",
            Errno.EAGAIN => "the cgroup above reached its cgroup.max.descendants or cgroup.max.depth",
            _ => "",
        };
        if (remedy is { Length: > 0 })
        {
            throw new MiniRunException($"mkdir {folder}: {error.Reason()}: {remedy}");
        }

        if (remedy is not null)
        {
            throw new SyscallException("mkdir", folder, error);
        }
    }

    private static void Enable(CgroupHost host, Cgroup parent, IReadOnlyList<string> controllers, IReadOnlyList<string> counting)
    {
        if (controllers.Count + counting.Count == 0)
        {
            return;
        }

        string enabled = CgroupFile.TryRead(parent.Directory, "cgroup.subtree_control", out Errno error) ?? throw new SyscallException("read", parent.Folder + "/cgroup.subtree_control", error);
        string[] present = enabled.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        foreach (string controller in controllers)
        {
            if (Array.IndexOf(present, controller) < 0)
            {
                EnableOne(host, parent, controller);
            }
        }

        foreach (string controller in counting)
        {
            if (Array.IndexOf(present, controller) < 0 && !controllers.Contains(controller))
            {
                _ = CgroupFile.TryWrite(parent, new("cgroup.subtree_control", "+" + controller)); // not delegated, or processes are in it: then nobody counts
            }
        }
    }

    private static void EnableOne(CgroupHost host, Cgroup parent, string controller)
    {
        Errno error = CgroupFile.TryWrite(parent, new("cgroup.subtree_control", "+" + controller));
        if (error == 0)
        {
            return;
        }

        string why = error switch
        {
            Errno.EBUSY => $"{parent.Folder} holds processes of its own{ShowProcesses(parent)}, and cgroup v2 gives controllers only to children of a cgroup without processes: move them to a child cgroup, or choose another parent (--cgroup-parent, cgroupsPath)",
            Errno.ENOENT or Errno.EINVAL => IsAvailable(parent, controller) ? error.Reason() : host.WhyMissing(controller),
            Errno.EACCES or Errno.EPERM => "not delegated to this user: run as root, or have the controller delegated (systemd: Delegate=yes)",
            Errno.EOPNOTSUPP => "the cgroup is threaded, and this controller has no threads mode",
            Errno.EROFS => "cgroup2 is mounted read-only here",
            _ => error.Reason(),
        };
        throw new MiniRunException($"enable the {controller} controller in {parent.Folder}: {why}");
    }

    private static bool IsAvailable(Cgroup parent, string controller)
        => CgroupFile.TryRead(parent.Directory, "cgroup.controllers", out _) is { } list
            && Array.IndexOf(list.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries), controller) >= 0;

    private static string ShowProcesses(Cgroup cgroup)
    {
        string[] processes = (CgroupFile.TryRead(cgroup.Directory, "cgroup.procs", out _) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return processes.Length == 0 ? "" : $" ({string.Join(", ", processes.AsSpan(0, Math.Min(processes.Length, 5)).ToArray())}{(processes.Length > 5 ? ", …" : "")})";
    }
}

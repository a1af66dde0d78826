using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;
using MiniRun.Linux.Systemd;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>Which cgroup a container gets.</summary>
internal static class CgroupChoice
{
    /// <summary>The folder for a path as linux.cgroupsPath gives it. Null where this user was given no cgroup to make others in: then limits are refused, and a container without limits goes without.</summary>
    public static string? Folder(CgroupHost host, HostFacts facts, string path)
    {
        bool privileged = facts.Uid == 0 && !facts.InUserNamespace;
        if (!privileged && host.MountPoint is null)
        {
            return null;
        }

        CgroupPath wanted = CgroupPath.Parse(path.StartsWith('/') ? path : Beside(host.OwnPath) + path);
        if (wanted == CgroupPath.Root)
        {
            throw new MiniRunException($"linux.cgroupsPath '{path}': the root of the tree is the host's, and would be limited, killed and cleared with the container: give a path below it");
        }

        string folder = host.FolderOf(wanted);
        return privileged || IsDelegated(folder, facts.Uid) ? folder : null;
    }

    /// <summary>The scope for a path in systemd's form: of the user's manager for everyone but the host's root.</summary>
    public static SystemdScope Scope(HostFacts facts, string path) => SystemdScope.Parse(path, user: facts.Uid != 0 || facts.InUserNamespace);

    /// <summary>The folder that systemd will make for a scope.</summary>
    public static string Folder(CgroupHost host, SystemdScope scope)
    {
        string manager = "";
        if (scope.User)
        {
            using SystemdManager user = SystemdManager.Open(user: true);
            manager = user.ControlGroup();
        }

        return host.FolderOf(CgroupPath.Parse(manager + scope.Path));
    }

    /// <summary>Beside the caller's own cgroup, as runc: in it there are processes, so no controller could be given to its children.</summary>
    private static string Beside(string own)
    {
        int slash = own.LastIndexOf('/');
        return slash <= 0 || own.Contains("/..", StringComparison.Ordinal) ? "/" : own[..(slash + 1)];
    }

    /// <summary>Whether the nearest cgroup that exists above belongs to this user.</summary>
    private static bool IsDelegated(string folder, uint uid)
    {
        for (int slash = folder.LastIndexOf('/'); slash > 0; slash = folder.LastIndexOf('/', slash - 1))
        {
            if (FileStatus.Of(folder[..slash]) is { } status)
            {
                return status.Uid == uid;
            }
        }

        return false;
    }
}

using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Systemd;

namespace MiniRun.Runtime.Launch;

/// <summary>A user's systemd and this process's place in it.</summary>
internal static class UserManager
{
    /// <summary>
    /// Has this process moved below the user's manager if the container is there and this process elsewhere (a login's session is). Only from there may a user put
    /// processes into a cgroup of the manager's: the kernel wants write access to what both places have above them
    /// (cgroup-v2.rst, "Delegation Containment").
    /// </summary>
    /// <exception cref="MiniRun.Linux.MiniRunException">systemd cannot be reached, or refused.</exception>
    public static void Enter(CgroupHost host, string folder, SystemdScope scope)
    {
        if (!scope.User)
        {
            return;
        }

        string manager = CgroupFolder.PathOf(host, folder).Text[..^scope.Path.Length];
        if (!host.OwnPath.StartsWith(manager + "/", StringComparison.Ordinal))
        {
            using SystemdManager systemd = SystemdManager.Open(user: true);
            int self = Environment.ProcessId;
            systemd.StartScope(new SystemdScope($"minirun-{self}.scope", "user.slice", User: true), self, "minirun", []);
        }
    }
}

using System.Globalization;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Launch;

/// <summary>Gives a new user namespace its ids: by the kernel's files where the launcher may write them, else through the setuid helpers newuidmap and newgidmap.</summary>
internal static class UserMappingWriter
{
    /// <exception cref="MiniRunException">The kernel or a helper refuses.</exception>
    public static void Write(int pid, LaunchStep step, LaunchPlan plan)
    {
        string folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/");
        if (step.Argument0 == 1)
        {
            // Without CAP_SETGID the kernel takes a gid_map only after setgroups is given up (CVE-2014-8989).
            HostFile.WriteValue(folder + "setgroups", "deny");
        }

        if (step.Argument1 == 1)
        {
            WriteByHelpers(pid, plan.UidMappings, plan.GidMappings);
            return;
        }

        HostFile.WriteValue(folder + "uid_map", step.Text0);
        HostFile.WriteValue(folder + "gid_map", step.Text1);
    }

    /// <summary>By the setuid helpers alone.</summary>
    /// <exception cref="MiniRunException">One is not installed, or refuses.</exception>
    public static void WriteByHelpers(int pid, IReadOnlyList<IdMapping> uids, IReadOnlyList<IdMapping> gids)
    {
        RunHelper("newuidmap", pid, uids);
        RunHelper("newgidmap", pid, gids);
    }

    private static void RunHelper(string name, int pid, IReadOnlyList<IdMapping> mappings)
    {
        List<string> arguments = [name, pid.ToString(CultureInfo.InvariantCulture)];
        foreach (IdMapping mapping in mappings)
        {
            arguments.Add(mapping.ContainerId.ToString(CultureInfo.InvariantCulture));
            arguments.Add(mapping.HostId.ToString(CultureInfo.InvariantCulture));
            arguments.Add(mapping.Size.ToString(CultureInfo.InvariantCulture));
        }

        int status = HelperProgram.Run(name, arguments);
        if (status != 0)
        {
            throw new MiniRunException($"{string.Join(' ', arguments)}: exit status {status}: install uidmap and give this user ranges in /etc/subuid and /etc/subgid");
        }
    }
}

using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Bundles;

/// <summary>config.json's linux.namespaces and linux.sysctl.</summary>
internal static class NamespacesPart
{
    internal static List<NamespaceSpec> Build(NamespaceChoices choices, UserMappings users, OptionOrigins origins)
    {
        List<NamespaceSpec> namespaces = [new(NamespaceType.Mount, null)];
        Add(choices.Cgroup, NamespaceType.Cgroup, "--cgroupns");
        Add(choices.Uts, NamespaceType.Uts, "--uts");
        Add(choices.Ipc, NamespaceType.Ipc, "--ipc");
        Add(choices.Pid, NamespaceType.Pid, "--pid");
        Add(choices.Network, NamespaceType.Network, "--network");
        if (users.Any)
        {
            Add(choices.User, NamespaceType.User, "--userns");
            origins.Add("linux.uidMappings", choices.User == NamespaceChoice.Private ? "--userns private" : "the caller, who is not root");
        }

        return namespaces;

        void Add(NamespaceChoice choice, NamespaceType type, string option)
        {
            if (choice == NamespaceChoice.Host)
            {
                return;
            }

            if (choice != NamespaceChoice.Default)
            {
                origins.Add("linux.namespaces", namespaces.Count, $"{option} {(choice == NamespaceChoice.None ? "none" : "private")}");
            }

            namespaces.Add(new NamespaceSpec(type, null));
        }
    }

    internal static Dictionary<string, string> Sysctls(NamespaceChoices choices, UserMappings users, OptionOrigins origins)
    {
        Dictionary<string, string> sysctls = new(StringComparer.Ordinal);
        if (choices.Network != NamespaceChoice.Host)
        {
            // Docker's since 20.10: a network of one's own has no ports to guard, and ping needs no capability.
            sysctls["net.ipv4.ip_unprivileged_port_start"] = "0";
            if (!users.Any)
            {
                // The kernel refuses groups that the user namespace does not map (EINVAL).
                sysctls["net.ipv4.ping_group_range"] = "0 2147483647";
            }
        }

        foreach (SysctlSetting setting in choices.Sysctls)
        {
            sysctls[setting.Name] = setting.Value;
            origins.Add($"linux.sysctl.{setting.Name}", $"--sysctl {setting.Name}={setting.Value}");
        }

        return sysctls;
    }
}

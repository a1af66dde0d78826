using MiniRun.Engine.Containers;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Runtime;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Bundles;

/// <summary>From what was asked to config.json, with docker's defaults. Pure: everything it needs is in its inputs.</summary>
public static class BundleBuilder
{
    private const string OciVersion = "1.3.0";

    // moby's oci/defaults.go.
    private static readonly string[] s_maskedPaths =
    [
        "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/sched_debug", "/proc/scsi",
        "/proc/timer_list", "/proc/timer_stats", "/sys/devices/virtual/powercap", "/sys/firmware",
    ];

    private static readonly string[] s_readonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    /// <summary>Builds the bundle.</summary>
    /// <exception cref="MiniRunException">Options contradict each other, or this host cannot give what they ask for.</exception>
    public static Bundle Build(BundleInputs inputs)
    {
        var origins = new OptionOrigins();
        NamespaceChoices namespaces = inputs.Request.Namespaces;
        UserMappings users = UserMappings.Of(namespaces.User, inputs.Caller);
        inputs = inputs with { User = users.WithSettableGroups(inputs.User, inputs.Request.Process.AdditionalGroups.Count > 0) };
        users.Check(inputs.User);
        string? hostname = Hostname(inputs, origins);
        if (inputs.Request.Files.ReadOnly)
        {
            origins.Add("root.readonly", "--read-only");
        }

        var spec = new RuntimeSpec
        {
            OciVersion = OciVersion,
            Root = new RootSpec("rootfs", inputs.Request.Files.ReadOnly),
            Process = ProcessPart.Build(inputs, hostname ?? inputs.Caller.HostName, origins),
            Mounts = MountsPart.Build(inputs, users, origins),
            Hostname = hostname,
            Domainname = Domainname(namespaces, origins),
            Linux = Linux(inputs, users, origins),
        };
        return new Bundle { Spec = spec, Origins = origins, Notes = inputs.Capabilities.Notes() };
    }

    /// <summary>The hostname that the container sees: --hostname, the host's own where network or UTS are shared, else the short id.</summary>
    public static string SeenHostname(RunRequest request, ContainerId id, string hostName)
    {
        bool shared = request.Namespaces.Uts == NamespaceChoice.Host || request.Namespaces.Network == NamespaceChoice.Host;
        return request.Namespaces.Hostname ?? (shared ? hostName : id.Short);
    }

    /// <summary>What of /proc and /sys the container does not see.</summary>
    internal static IReadOnlyList<string> MaskedPathsOf(PrivilegeChoices privilege) => IsOpen(privilege) ? [] : s_maskedPaths;

    /// <summary>What of /proc it cannot change.</summary>
    internal static IReadOnlyList<string> ReadonlyPathsOf(PrivilegeChoices privilege) => IsOpen(privilege) ? [] : s_readonlyPaths;

    private static bool IsOpen(PrivilegeChoices privilege) => privilege.Privileged || privilege.Security.SystemPathsUnconfined;

    private static LinuxSpec Linux(BundleInputs inputs, UserMappings users, OptionOrigins origins)
    {
        PrivilegeChoices privilege = inputs.Request.Privilege;
        if (privilege.Security.Seccomp is { } profile)
        {
            origins.Add("linux.seccomp", $"--security-opt seccomp={profile}");
        }

        return new LinuxSpec
        {
            Namespaces = NamespacesPart.Build(inputs.Request.Namespaces, users, origins),
            UidMappings = users.Uids,
            GidMappings = users.Gids,
            Devices = DevicesPart.Nodes(inputs, origins),
            Resources = ResourcesPart.Build(inputs, origins) with { Devices = DevicesPart.Rules(inputs, origins) },
            Sysctl = NamespacesPart.Sysctls(inputs.Request.Namespaces, users, origins),
            Seccomp = inputs.Seccomp,
            MaskedPaths = MaskedPathsOf(privilege),
            ReadonlyPaths = ReadonlyPathsOf(privilege),
        };
    }

    private static string? Hostname(BundleInputs inputs, OptionOrigins origins)
    {
        NamespaceChoices choices = inputs.Request.Namespaces;
        if (choices.Uts == NamespaceChoice.Host)
        {
            return choices.Hostname is null
                ? null
                : throw new MiniRunException("conflicting options: --hostname and --uts host: the name would be the host's");
        }

        if (choices.Hostname is not null)
        {
            origins.Add("hostname", $"--hostname {choices.Hostname}");
        }

        return SeenHostname(inputs.Request, inputs.Id, inputs.Caller.HostName);
    }

    private static string? Domainname(NamespaceChoices choices, OptionOrigins origins)
    {
        if (choices.Domainname is null)
        {
            return null;
        }

        if (choices.Uts == NamespaceChoice.Host)
        {
            throw new MiniRunException("conflicting options: --domainname and --uts host: the name would be the host's");
        }

        origins.Add("domainname", $"--domainname {choices.Domainname}");
        return choices.Domainname;
    }
}

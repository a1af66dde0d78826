using MiniRun.Linux.Capabilities;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Plan;

/// <summary>Requests and hosts to build plans from.</summary>
internal static class Plans
{
    public const string Bundle = "/bundle";

    /// <summary>docker's default capabilities.</summary>
    public static readonly IReadOnlyList<string> DockerCapabilities =
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETGID", "CAP_SETUID",
        "CAP_SETFCAP", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE",
    ];

    public static readonly ContainerId Id = ContainerId.Parse("box");

    /// <summary>Root on an ordinary host.</summary>
    public static HostFacts RootHost { get; } = new()
    {
        Uid = 0,
        Gid = 0,
        InUserNamespace = false,
        Effective = CapabilitySet.All,
        Bounding = CapabilitySet.All,
        Cgroup = new CgroupFacts("/sys/fs/cgroup"),
    };

    /// <summary>A user without any capability.</summary>
    public static HostFacts UserHost { get; } = RootHost with { Uid = 1000, Gid = 1000, Effective = CapabilitySet.Empty };

    /// <summary>What `runc spec` writes.</summary>
    public static RuntimeSpec OciSpec { get; } = new()
    {
        OciVersion = "1.2.0",
        Root = new RootSpec("rootfs", Readonly: true),
        Hostname = "runc",
        Mounts = OciMounts(),
        Process = new ProcessSpec
        {
            Args = ["sh"],
            Env = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm"],
            Cwd = "/",
            NoNewPrivileges = true,
            Capabilities = Capabilities(["CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"]),
            Rlimits = [new RlimitSpec("RLIMIT_NOFILE", 1024, 1024)],
        },
        Linux = new LinuxSpec
        {
            Namespaces = Namespaces(NamespaceType.Pid, NamespaceType.Network, NamespaceType.Ipc, NamespaceType.Uts, NamespaceType.Mount, NamespaceType.Cgroup),
            Resources = new ResourcesSpec { Devices = [new DeviceRuleSpec(false, 'a', null, null, "rwm")] },
            MaskedPaths = ["/proc/acpi", "/proc/kcore", "/sys/firmware"],
            ReadonlyPaths = ["/proc/bus", "/proc/sys", "/proc/sysrq-trigger"],
        },
    };

    /// <summary>A filter that allows everything: the plan never looks into it.</summary>
    public static SeccompSpec Seccomp { get; } = new() { DefaultAction = "SCMP_ACT_ALLOW" };

    public static CapabilitiesSpec Capabilities(IReadOnlyList<string> names) => new() { Bounding = names, Effective = names, Permitted = names };

    public static IReadOnlyList<NamespaceSpec> Namespaces(params NamespaceType[] types) => [.. types.Select(type => new NamespaceSpec(type, null))];

    public static LaunchRequest Request(RuntimeSpec spec) => new()
    {
        Spec = spec,
        Id = Id,
        Root = new RootSource.Folder(Bundle + "/rootfs"),
        Bundle = Bundle,
        CgroupPath = "/sys/fs/cgroup/box",
    };

    public static RuntimeSpec WithProcess(this RuntimeSpec spec, Func<ProcessSpec, ProcessSpec> change) => spec with { Process = change(spec.Process!) };

    public static RuntimeSpec WithLinux(this RuntimeSpec spec, Func<LinuxSpec, LinuxSpec> change) => spec with { Linux = change(spec.Linux) };

    public static LaunchPlan Build(RuntimeSpec spec) => LaunchPlanBuilder.Build(Request(spec), RootHost);

    private static IReadOnlyList<MountSpec> OciMounts() =>
    [
        new() { Destination = "/proc", Type = "proc", Source = "proc" },
        new() { Destination = "/dev", Type = "tmpfs", Source = "tmpfs", Options = ["nosuid", "strictatime", "mode=755", "size=65536k"] },
        new() { Destination = "/dev/pts", Type = "devpts", Source = "devpts", Options = ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"] },
        new() { Destination = "/dev/shm", Type = "tmpfs", Source = "shm", Options = ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"] },
        new() { Destination = "/dev/mqueue", Type = "mqueue", Source = "mqueue", Options = ["nosuid", "noexec", "nodev"] },
        new() { Destination = "/sys", Type = "sysfs", Source = "sysfs", Options = ["nosuid", "noexec", "nodev", "ro"] },
        new() { Destination = "/sys/fs/cgroup", Type = "cgroup", Source = "cgroup", Options = ["nosuid", "noexec", "nodev", "relatime", "ro"] },
    ];
}

namespace MiniRun.Runtime.Spec;

/// <summary>What `minirun-oci spec` writes: a shell in a read-only root with few rights, as runc's. Each part may be changed with `with`.</summary>
public static class DefaultSpec
{
    private const string ShmSize = "size=65536k";

    /// <summary>For a caller who is root.</summary>
    public static RuntimeSpec Rootful() => new()
    {
        OciVersion = OciVersion.Written,
        Process = Process(),
        Root = new RootSpec("rootfs", Readonly: true),
        Hostname = "minirun",
        Mounts = [.. CommonMounts("gid=5"), Mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro"), Cgroup()],
        Linux = new LinuxSpec
        {
            Namespaces = New(NamespaceType.Pid, NamespaceType.Network, NamespaceType.Ipc, NamespaceType.Uts, NamespaceType.Mount, NamespaceType.Cgroup),
            Resources = new ResourcesSpec { Devices = [new DeviceRuleSpec(Allow: false, 'a', Major: null, Minor: null, "rwm")] },
            MaskedPaths = MaskedPaths,
            ReadonlyPaths = ReadonlyPaths,
        },
    };

    /// <summary>
    /// For a caller who is not: their ids become root in a user namespace. It shares the host's network, for which sysfs
    /// cannot be mounted there, so the host's is bound; and gid 5 is not mapped, so devpts has none.
    /// </summary>
    public static RuntimeSpec Rootless(uint uid, uint gid)
    {
        RuntimeSpec rootful = Rootful();
        return rootful with
        {
            Mounts = [.. CommonMounts(), Mount("/sys", "none", "/sys", "rbind", "nosuid", "noexec", "nodev", "ro"), Cgroup()],
            Linux = rootful.Linux with
            {
                Namespaces = New(NamespaceType.Pid, NamespaceType.Ipc, NamespaceType.Uts, NamespaceType.Mount, NamespaceType.Cgroup, NamespaceType.User),
                UidMappings = [new IdMapping(0, uid, 1)],
                GidMappings = [new IdMapping(0, gid, 1)],
                Resources = new ResourcesSpec(),
            },
        };
    }

    /// <summary>Parts of /proc and /sys that tell about or reach the host. Shared with the engine's containers.</summary>
    public static IReadOnlyList<string> MaskedPaths =>
    [
        "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list",
        "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap",
    ];

    /// <summary>Parts of /proc through which the host could be changed.</summary>
    public static IReadOnlyList<string> ReadonlyPaths => ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    private static ProcessSpec Process()
    {
        string[] capabilities = ["CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"];
        return new ProcessSpec
        {
            Terminal = true,
            Args = ["sh"],
            Env = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm"],
            Cwd = "/",
            Capabilities = new CapabilitiesSpec { Bounding = capabilities, Effective = capabilities, Permitted = capabilities },
            Rlimits = [new RlimitSpec("RLIMIT_NOFILE", Soft: 1024, Hard: 1024)],
            NoNewPrivileges = true,
        };
    }

    private static MountSpec[] CommonMounts(params string[] devptsOptions) =>
    [
        Mount("/proc", "proc", "proc"),
        Mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", ShmSize),
        Mount("/dev/pts", "devpts", "devpts", ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", .. devptsOptions]),
        Mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", ShmSize),
        Mount("/dev/mqueue", "mqueue", "mqueue", "nosuid", "noexec", "nodev"),
    ];

    private static MountSpec Cgroup() => Mount("/sys/fs/cgroup", "cgroup", "cgroup", "nosuid", "noexec", "nodev", "relatime", "ro");

    private static MountSpec Mount(string destination, string type, string source, params string[] options) =>
        new() { Destination = destination, Type = type, Source = source, Options = options };

    private static NamespaceSpec[] New(params NamespaceType[] types) => Array.ConvertAll(types, static type => new NamespaceSpec(type, Path: null));
}

using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Systemd;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Plan;

/// <summary>The configurations whose plans are kept as text in Golden/, by name.</summary>
internal static class GoldenConfigurations
{
    public static IReadOnlyDictionary<string, Func<LaunchPlan>> All { get; } = new SortedDictionary<string, Func<LaunchPlan>>
    {
        ["oci-default"] = () => Plans.Build(Plans.OciSpec),
        ["oci-create"] = () => LaunchPlanBuilder.Build(Plans.Request(Plans.OciSpec) with { Gate = LaunchGate.Create, PreservedDescriptors = 2 }, Plans.RootHost),
        ["docker-default"] = () => LaunchPlanBuilder.Build(Docker(Plans.OciSpec.WithProcess(AsDocker)), Plans.RootHost),
        ["read-only-tmpfs"] = () => LaunchPlanBuilder.Build(Docker(ReadOnlyWithTmpfs()), Plans.RootHost),
        ["userns-private"] = () => LaunchPlanBuilder.Build(Docker(WithUser(Plans.OciSpec.WithProcess(AsDocker))) with { IdMapRoot = true }, Plans.RootHost),
        ["userns-by-path"] = () => Plans.Build(WithNamespace(Plans.OciSpec, NamespaceType.User, "/proc/42/ns/user")),
        ["userns-new-network-joined"] = () => Plans.Build(WithUser(WithNamespace(Plans.OciSpec, NamespaceType.Network, "/run/netns/blue"))),
        ["pid-namespace-joined"] = () => Plans.Build(WithNamespace(Plans.OciSpec, NamespaceType.Pid, "/proc/42/ns/pid")),
        ["time-offsets"] = () => Plans.Build(WithTime()),
        ["userns-by-path-time-offsets"] = () => Plans.Build(WithNamespace(WithTime(), NamespaceType.User, "/proc/42/ns/user")),
        ["host-namespaces"] = () => Plans.Build(HostNamespaces()),
        ["privileged"] = () => LaunchPlanBuilder.Build(Docker(Privileged()), Plans.RootHost),
        ["rootless"] = () => LaunchPlanBuilder.Build(Rootless(Plans.OciSpec, new IdMapping(0, 1000, 1)), Plans.UserHost),
        ["rootless-overlay-subids"] = () => LaunchPlanBuilder.Build(
            Rootless(Plans.OciSpec, new IdMapping(0, 1000, 1), new IdMapping(1, 100000, 65536)) with { Root = Overlay }, Plans.UserHost),
        ["inside-a-user-namespace"] = () => LaunchPlanBuilder.Build(Plans.Request(WithoutCgroupNamespace()) with { CgroupPath = null }, Plans.RootHost with { InUserNamespace = true }),
        ["terminal"] = () => LaunchPlanBuilder.Build(
            Plans.Request(Plans.OciSpec.WithProcess(process => process with { Terminal = true })) with { TerminalSize = new ConsoleSize(24, 80) }, Plans.RootHost),
        ["seccomp-with-no-new-privileges"] = () => Plans.Build(Plans.OciSpec.WithLinux(linux => linux with { Seccomp = Plans.Seccomp })),
        ["seccomp-without-no-new-privileges"] = () => Plans.Build(
            Plans.OciSpec.WithLinux(linux => linux with { Seccomp = Plans.Seccomp }).WithProcess(process => process with { NoNewPrivileges = false })),
        ["seccomp-listener"] = () => Plans.Build(Plans.OciSpec.WithLinux(linux => linux with { Seccomp = Asking })),
        ["scheduling"] = () => Plans.Build(Scheduling),
        ["hooks"] = () => Plans.Build(Plans.OciSpec with { Hooks = Hooks }),
        ["network-devices"] = () => Plans.Build(Plans.OciSpec.WithLinux(linux => linux with
        {
            NetDevices = new Dictionary<string, NetDeviceSpec> { ["eth1"] = new("eth0"), ["eth2"] = new(null) },
        })),
        ["class-of-service"] = () => LaunchPlanBuilder.Build(
            Plans.Request(Plans.OciSpec.WithLinux(linux => linux with { IntelRdt = new IntelRdtSpec { L3CacheSchema = "L3:0=ff", MemBwSchema = "MB:0=50", EnableMonitoring = true } })),
            Plans.RootHost with { Resctrl = new ResctrlFacts("/sys/fs/resctrl") }),
        ["exec-class-of-service"] = () => ExecPlanBuilder.Build(Exec() with { ResctrlGroups = ["/sys/fs/resctrl/gold", "/sys/fs/resctrl/gold/mon_groups/box"] }, Plans.RootHost),
        ["systemd-scope"] = () => LaunchPlanBuilder.Build(
            Plans.Request(WithUser(Limits()) with { Mounts = [.. Plans.OciSpec.Mounts.Select(mount => mount with { Options = [.. mount.Options.Where(option => option != "ro")] })] })
                with
            { CgroupPath = "/sys/fs/cgroup/machine.slice/libpod-box.scope", Scope = new SystemdScope("libpod-box.scope", "machine.slice", User: false) },
            Plans.RootHost),
        ["labels"] = () => LaunchPlanBuilder.Build(
            Plans.Request(Plans.OciSpec.WithProcess(process => process with { SelinuxLabel = "u:r:t:s0:c1,c2" }).WithLinux(linux => linux with { MountLabel = "u:r:f:s0" }) with { Hooks = Hooks }),
            Plans.RootHost with { Modules = new SecurityModules(AppArmor: false, Selinux: true) }),
        ["exec-apparmor"] = () => ExecPlanBuilder.Build(
            Exec() with { Process = Exec().Process with { ApparmorProfile = "strict" } },
            Plans.RootHost with { Modules = new SecurityModules(AppArmor: true, Selinux: false) }),
        ["limits"] = () => Plans.Build(Limits()),
        ["binds"] = () => Plans.Build(Binds()),
        ["id-mapped-mounts"] = () => Plans.Build(IdMapped()),
        ["tmpfs-copies"] = () => Plans.Build(Plans.OciSpec with
        {
            Mounts =
            [
                .. Plans.OciSpec.Mounts,
                new MountSpec { Destination = "/etc", Type = "tmpfs", Source = "tmpfs", Options = ["tmpcopyup", "ro", "nosuid"] },
                new MountSpec { Destination = "/var/lib", Type = "tmpfs", Source = "tmpfs", Options = ["tmpcopyup", "mode=700"] },
            ],
        }),
        ["init"] = () => LaunchPlanBuilder.Build(Plans.Request(Plans.OciSpec) with { Init = true }, Plans.RootHost),
        ["exec"] = () => ExecPlanBuilder.Build(Exec(), Plans.RootHost),
        ["exec-user-namespace-terminal"] = () => ExecPlanBuilder.Build(
            Exec() with
            {
                Namespaces = Exec().Namespaces | (ulong)NamespaceType.User,
                SetgroupsDenied = true,
                Process = Exec().Process with { Terminal = true, OomScoreAdj = 100, User = new UserSpec() },
            },
            Plans.RootHost),
    };

    private static RootSource.Overlay Overlay => new(["/images/top", "/images/bottom"], "/data/upper", "/data/work");

    private static LaunchRequest Docker(RuntimeSpec spec) => Plans.Request(spec) with { Root = Overlay, CgroupPath = "/sys/fs/cgroup/minirun/box" };

    private static ProcessSpec AsDocker(ProcessSpec process) => process with
    {
        NoNewPrivileges = false,
        Capabilities = Plans.Capabilities(Plans.DockerCapabilities),
        Rlimits = [],
        OomScoreAdj = 0,
        User = new UserSpec { Uid = 1000, Gid = 1000, AdditionalGids = [10, 20], Umask = 0x12 },
    };

    private static RuntimeSpec ReadOnlyWithTmpfs() => Plans.OciSpec.WithProcess(AsDocker) with
    {
        Root = new RootSpec("rootfs", Readonly: true),
        Mounts = [.. Plans.OciSpec.Mounts, new MountSpec { Destination = "/tmp", Type = "tmpfs", Source = "tmpfs", Options = ["rw", "noexec", "nosuid"] }],
    };

    private static RuntimeSpec WithNamespace(RuntimeSpec spec, NamespaceType type, string? path) => spec.WithLinux(linux => linux with
    {
        Namespaces = [.. linux.Namespaces.Where(entry => entry.Type != type), new NamespaceSpec(type, path)],
    });

    private static RuntimeSpec WithUser(RuntimeSpec spec) => WithNamespace(spec, NamespaceType.User, null).WithLinux(linux => linux with
    {
        UidMappings = [new IdMapping(0, 100000, 65536)],
        GidMappings = [new IdMapping(0, 100000, 65536)],
    });

    private static RuntimeSpec WithTime() => WithNamespace(Plans.OciSpec, NamespaceType.Time, null).WithLinux(linux => linux with
    {
        TimeOffsets = new Dictionary<string, TimeOffset> { ["boottime"] = new(86400, 0), ["monotonic"] = new(-5, 250000000) },
    });

    private static RuntimeSpec HostNamespaces() => Plans.OciSpec.WithLinux(linux => linux with { Namespaces = Plans.Namespaces(NamespaceType.Mount) }) with { Hostname = null };

    private static RuntimeSpec Privileged() => Plans.OciSpec.WithProcess(process => process with
    {
        NoNewPrivileges = false,
        Capabilities = Plans.Capabilities(CapabilitySet.All.Names()),
    }).WithLinux(linux => linux with
    {
        MaskedPaths = [],
        ReadonlyPaths = [],
        Resources = new ResourcesSpec { Devices = [new DeviceRuleSpec(true, 'a', null, null, "rwm")] },
        Devices = [new DeviceSpec { Type = 'c', Path = "/dev/fuse", Major = 10, Minor = 229, FileMode = 0x1b6 }, new DeviceSpec { Type = 'b', Path = "/dev/sda", Major = 8, Minor = 0, Gid = 6 }],
    }) with
    { Root = new RootSpec("rootfs") };

    private static LaunchRequest Rootless(RuntimeSpec spec, params IdMapping[] mappings) => Plans.Request(WithNamespace(spec, NamespaceType.User, null).WithLinux(linux => linux with
    {
        UidMappings = mappings,
        GidMappings = mappings,
        Resources = new ResourcesSpec(),
    })) with
    { CgroupPath = null };

    private static RuntimeSpec WithoutCgroupNamespace() => Plans.OciSpec.WithLinux(linux => linux with
    {
        Namespaces = [.. linux.Namespaces.Where(entry => entry.Type != NamespaceType.Cgroup)],
    });

    private static RuntimeSpec Limits() => Plans.OciSpec.WithLinux(linux => linux with
    {
        Sysctl = new Dictionary<string, string> { ["net.ipv4.ip_unprivileged_port_start"] = "0" },
        Resources = linux.Resources with
        {
            Memory = new MemorySpec { Limit = 536870912, Swap = 1073741824, Reservation = 268435456 },
            Cpu = new CpuSpec { Quota = 50000, Period = 100000, Cpus = "0-1" },
            Pids = new PidsSpec(20),
            BlockIo = new BlockIoSpec { ThrottleWriteBpsDevice = [new ThrottleDeviceSpec(8, 0, 5242880)] },
            Unified = new Dictionary<string, string> { ["memory.high"] = "402653184" },
        },
    });

    private static RuntimeSpec Binds() => Plans.OciSpec.WithLinux(linux => linux with { RootfsPropagation = "rshared" }) with
    {
        Mounts =
        [
            .. Plans.OciSpec.Mounts,
            new MountSpec { Destination = "/data", Type = "bind", Source = "/srv/data", Options = ["rbind", "rprivate", "ro"] },
            new MountSpec { Destination = "/conf", Source = "conf", Options = ["bind", "ro", "nosuid"] },
            new MountSpec { Destination = "/shared/", Type = "none", Source = "/srv/shared", Options = ["rbind", "rshared"] },
            new MountSpec { Destination = "/deep", Type = "bind", Source = "/srv/deep", NoLinks = true, Options = ["rbind", "rro"] },
            new MountSpec { Destination = "/disk", Type = "ext4", Source = "/dev/sdb1", Options = ["ro", "noatime"] },
            new MountSpec { Destination = "/conf", Type = "none", Options = ["remount", "noexec"] },
        ],
    };

    private static SeccompSpec Asking => Plans.Seccomp with
    {
        ListenerPath = "/run/agent.sock",
        Flags = ["SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"],
        Syscalls = [new SeccompRuleSpec { Names = ["mount"], Action = "SCMP_ACT_NOTIFY" }],
    };

    private static RuntimeSpec IdMapped() => WithUser(Plans.OciSpec) with
    {
        Mounts =
        [
            new MountSpec { Destination = "/container", Type = "bind", Source = "/srv/a", Options = ["bind", "idmap"] },
            new MountSpec
            {
                Destination = "/own",
                Type = "bind",
                Source = "/srv/b",
                Options = ["rbind", "ridmap"],
                UidMappings = [new IdMapping(0, 1000, 1), new IdMapping(1, 2000, 10)],
                GidMappings = [new IdMapping(0, 1000, 1)],
            },
            new MountSpec { Destination = "/crun", Type = "bind", Source = "/srv/c", Options = ["bind", "idmap=uids=@0-5-10;gids=7-0-1"] },
        ],
    };

    private static ExecRequest Exec() => new()
    {
        Id = Plans.Id,
        Process = Plans.OciSpec.Process! with { Args = ["id", "-u"], User = new UserSpec { Uid = 1, Gid = 2 } },
        Namespaces = (ulong)(NamespaceType.Pid | NamespaceType.Mount | NamespaceType.Network | NamespaceType.Ipc | NamespaceType.Uts | NamespaceType.Cgroup),
        Seccomp = Plans.Seccomp,
        CgroupPath = "/sys/fs/cgroup/box",
    };

    private static HooksSpec Hooks => new()
    {
        Prestart = [new("/usr/bin/prestart", [], [], null)],
        CreateRuntime = [new("/usr/bin/runtime", ["runtime", "a b"], [], 5)],
        CreateContainer = [new("/usr/bin/container", ["container"], ["A=b"], 7)],
        StartContainer = [new("/bin/start", [], ["A=b", "C=d"], null)],
        Poststart = [new("/usr/bin/poststart", [], [], null)],
        Poststop = [new("/usr/bin/poststop", [], [], null)],
    };

    private static RuntimeSpec Scheduling => Plans.OciSpec.WithLinux(linux => linux with
    {
        Personality = new PersonalitySpec("LINUX32", []),
        MemoryPolicy = new MemoryPolicySpec("MPOL_BIND", "0", ["MPOL_F_STATIC_NODES"]),
    }) with
    {
        Process = Plans.OciSpec.Process! with
        {
            Scheduler = new SchedulerSpec { Policy = "SCHED_BATCH", Nice = 5 },
            IoPriority = new IoPrioritySpec("IOPRIO_CLASS_BE", 6),
        },
    };
}

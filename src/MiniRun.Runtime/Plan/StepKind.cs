namespace MiniRun.Runtime.Plan;

/// <summary>
/// What one step of a launch plan does. Values below <see cref="HostTree"/> are carried out by minirun-init and
/// mirror <c>enum step_kind</c> of native-shims/init/plan.h; the others are the launcher's own.
/// </summary>
public enum StepKind
{
    Await = 1,
    BecomeRoot = 2,
    Join = 3,
    Unshare = 4,
    TimeOffsets = 5,
    Fork = 6,
    NewSession = 7,
    Propagation = 8,
    OpenTree = 9,
    OpenProcfs = 10,
    NewMount = 11,
    MountAttributes = 12,
    EnterRoot = 13,
    Attach = 14,
    MakeNode = 15,
    MakeSymlink = 16,
    MaskPath = 17,
    ReadonlyPath = 18,
    Hostname = 19,
    Domainname = 20,
    WriteProc = 21,
    Rlimit = 22,
    LoopbackUp = 23,
    OpenTerminal = 24,
    Keyring = 25,
    WorkingDirectory = 26,
    FindProgram = 27,
    BoundingSet = 28,
    Umask = 29,
    Identity = 30,
    Capabilities = 31,
    NoNewPrivileges = 32,
    CheckRoot = 33,
    AcceptStart = 34,
    Seccomp = 35,
    Verify = 36,
    Execute = 37,
    Close = 38,
    StdioOwner = 39,
    CopyUp = 40,
    Hook = 41,
    Scheduler = 42,
    IoPriority = 43,
    Personality = 44,
    MemoryPolicy = 45,
    Affinity = 46,

    /// <summary>→ A: clone the mount of a host path (Text0), recursive if Argument0 is 1; id-mapped as Argument1 (IdMapOrigin) says, its own maps being Text1 and Text2, with the mounts below if Argument2 is 1. No link on the way is followed if Argument3 is 1.</summary>
    HostTree = 100,

    /// <summary>→ A: a detached overlay of lower folders (Blob: NUL-terminated paths, topmost first), upper folder (Text0) and work folder (Text1); layers id-mapped if Argument1 is 1.</summary>
    HostOverlay = 101,

    /// <summary>→ A: open a namespace file (Text0) whose type must be Argument0 (CLONE_NEW*).</summary>
    HostNamespace = 102,

    /// <summary>→ A: the listening start socket in the container's folder.</summary>
    HostStartSocket = 103,

    /// <summary>→ A: a clone of the host's device node (Text0), checked to be of type Argument0 (S_IFMT) and number Argument1 (dev_t).</summary>
    HostDevice = 104,

    /// <summary>→ A: the pidfd of the container's init (exec), checked to be the same process.</summary>
    HostProcess = 105,

    /// <summary>mkdir of the cgroup (Text0).</summary>
    CgroupCreate = 110,

    /// <summary>Write Text1 to the cgroup's file Text0.</summary>
    CgroupWrite = 111,

    /// <summary>Load the device rules (Blob: compiled BPF) and attach them to the cgroup.</summary>
    CgroupDevices = 112,

    /// <summary>Have systemd (the user's if Argument0 is 1) make the cgroup (Text0): the scope Text1 in the slice Text2, with the limits as its properties.</summary>
    CgroupScope = 113,

    /// <summary>Give the cgroup, and its files that the kernel says may be given, to the user Argument0.</summary>
    CgroupOwner = 114,

    /// <summary>mkdir of a group of resctrl (Text0): a class of service or a monitoring group.</summary>
    ResctrlGroup = 115,

    /// <summary>Write the lines Text1 to the schemata of the class of service Text0.</summary>
    ResctrlSchemata = 116,

    /// <summary>clone3 with namespaces Argument0 into the cgroup Text0 ("" is the launcher's) and exec of minirun-init.</summary>
    Clone = 120,

    /// <summary>Write Text0 to /proc/PID/uid_map and Text1 to gid_map, setgroups denied if Argument0 is 1; Argument1 1: through newuidmap/newgidmap.</summary>
    UserMapping = 121,

    /// <summary>Write the container's state as created or running.</summary>
    Commit = 122,

    /// <summary>Take the seccomp listener out of init and send it to the agent's unix socket Text0, with the container process state.</summary>
    HandListener = 125,

    /// <summary>Move the host's network device Text0 into the container's network namespace as Text1, with its addresses, and set it up.</summary>
    NetDevice = 126,

    /// <summary>Compare /proc/PID/status with the plan's expectations while init waits in Verify.</summary>
    ReadBack = 123,

    /// <summary>Run a hook (Text0) in the runtime's namespaces while init waits; its entry in the spec is Source[SourceIndex].</summary>
    RunHook = 127,

    /// <summary>Put the container's process into the group of resctrl Text0.</summary>
    ResctrlTask = 128,
}

using MiniRun.Linux.Mounts;
using MiniRun.Runtime.Plan.Wire;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan.Printing;

/// <summary>Why each step is there: one sentence a kind, or a variant of it.</summary>
internal static class StepDescriptions
{
    public static string Why(LaunchStep step) => step.IsLaunchers ? WhyLauncher(step) : step.Kind is <= StepKind.WriteProc or StepKind.CopyUp ? WhySurroundings(step) : WhyProcess(step);

    private static string WhyLauncher(LaunchStep step) => step.Kind switch
    {
        StepKind.HostTree when step.Argument1 != 0 && step.Source == "mounts" => "Take what will be mounted from the host now; through the id mapping its files have other owners, and the host's stay as they are.",
        StepKind.HostTree when step.Argument1 == 1 => "Take the root from the host; through the id mapping its files belong to the container's ids, and the host's files stay as they are.",
        StepKind.HostTree when step.Source == "mounts" => "Take what will be mounted from the host now; nothing outside is looked up by path once the container is entered.",
        StepKind.HostTree => "Take the container's root from the host as a mount that is attached nowhere yet.",
        StepKind.HostOverlay when step.Source == "mounts" => "Layer the folders of another image over each other, without one that could be written.",
        StepKind.HostOverlay => "Layer the container's own writable folder over the image, which is never written.",
        StepKind.HostNamespace => "Open the namespace to join while its path is the host's.",
        StepKind.HostStartSocket => "`start` will connect here; the folder is closed to everyone else.",
        StepKind.HostDevice when step.Source == "linux.maskedPaths" => "Files to hide are covered by the host's /dev/null, checked to be that device (CVE-2025-31133).",
        StepKind.HostDevice => "Nodes cannot be made in a user namespace, so the host's is cloned, checked to be that device.",
        StepKind.HostProcess => "Hold on to the container's first process by descriptor; its number alone could be another's by now.",
        StepKind.CgroupCreate => "Everything the container runs is counted, limited and killed through its own cgroup.",
        StepKind.CgroupScope => "systemd makes the cgroup and lists the container among its units; what is in it is the container's own.",
        StepKind.CgroupOwner => "The container's user may divide its own cgroup further; the limits stay out of its reach.",
        StepKind.CgroupWrite => "The limit is in force before the first process is in the cgroup.",
        StepKind.CgroupDevices => "The kernel asks this program at every open of a device; what no rule allows is denied.",
        StepKind.ResctrlGroup when step.Source != "linux.intelRdt" => "What the container uses of cache and memory is counted apart from its class.",
        StepKind.ResctrlGroup => "The container's processes share the processor's caches and memory as a class of service of their own (Intel RDT).",
        StepKind.ResctrlSchemata => "The class has its share before the first process is in it.",
        StepKind.ResctrlTask => "The process joins before its program starts; what it starts is in the group too.",
        StepKind.Clone when step.Argument0 == 0 => "Start minirun-init, a small static program from a sealed memory file, which carries out the rest.",
        StepKind.Clone => "Start minirun-init, a small static program from a sealed memory file, in namespaces of its own.",
        StepKind.UserMapping => "Only from outside can it be said which ids the container's ids really are.",
        StepKind.Commit => "Other commands learn of the container only once all that could fail has been made.",
        StepKind.NetDevice => "The device leaves the host for the container; its permanent addresses, which a move loses, come along.",
        StepKind.HandListener => "The process that listens there will answer for the calls the filter asks about; without it nothing starts.",
        StepKind.RunHook => "A program of the host's prepares the container while init waits; it sees the state on its standard input.",
        StepKind.ReadBack => "Nothing starts on faith: what the kernel now says of the process must be what was asked for.",
        _ => "",
    };

    private static string WhySurroundings(LaunchStep step) => step.Kind switch
    {
        StepKind.Await when step.Argument0 == (ulong)Await.UserMapping => "Without a mapping the process has no ids here, and may do nothing.",
        StepKind.Await when step.Argument0 == (ulong)Await.Hooks => "The namespaces exist and the host's root is still in sight: the moment for hooks.",
        StepKind.Await when step.Argument0 == (ulong)Await.Network => "Only from outside can the host's network devices be moved in.",
        StepKind.Await => "Everything is made; the program starts only when the launcher has written down what it made.",
        StepKind.BecomeRoot => "From here on init is root inside and no longer anyone outside; leftovers of the way in are cleared.",
        StepKind.Join when step.Source.Length == 0 => "Enter all of the container's namespaces at once: it cannot become another container halfway.",
        StepKind.Join => "Share this namespace with whoever has it already.",
        StepKind.Unshare when step.Argument0 == (ulong)NamespaceType.User => "The user namespace comes after the joins, which need the capabilities of the outer one.",
        StepKind.Unshare when step.Argument0 == (ulong)NamespaceType.Time => "Offsets can only be written before the first process is in the time namespace.",
        StepKind.Unshare => "These namespaces must belong to the container's user namespace, so they are made inside it.",
        StepKind.TimeOffsets => "The container's clocks start where they were asked to.",
        StepKind.Fork when step.Argument0 != 0 => "Pid and time namespaces count for children only; this child is the container's pid 1.",
        StepKind.Fork => "Joined pid and time namespaces count for children only; this child goes on.",
        StepKind.NewSession => "A session of its own cannot type into the caller's terminal (CVE-2017-5226).",
        StepKind.Propagation => "Mounts made from here on stay inside; without this they would appear on the host.",
        StepKind.OpenTree when step.Text0 == "/proc" => "Written before the user namespace is entered: afterwards this process's own files belong to the outer root.",
        StepKind.OpenTree when step.Argument0 == 0 => "All paths of the container are looked up from its root, by descriptor.",
        StepKind.OpenTree when step.Argument1 != 0 => "Nodes cannot be made in a user namespace, so the host's is cloned, checked to be that device.",
        StepKind.OpenTree when step.Source == "root.path" => "Take the container's root before the host's is left; in its own user namespace init may.",
        StepKind.OpenTree => "Take what will be mounted before the host's root is left; in its own user namespace init may.",
        StepKind.OpenProcfs => "What is written to the kernel goes through a /proc of minirun's own, which no mount can stand in for (CVE-2019-16884, CVE-2025-52881).",
        StepKind.NewMount => WhyNewMount(step),
        StepKind.MountAttributes => WhyAttributes(step),
        StepKind.EnterRoot => "The container's root becomes \"/\" and the host's is gone: from here on no path leads outside.",
        StepKind.CopyUp => "What the image has there is copied first, by descriptors and following no link; the image itself stays as it is.",
        StepKind.Attach when ((AttachFlags)step.Flags & AttachFlags.NoSymlinks) != 0 => "Mount it; a symlink in the image must not redirect it (CVE-2019-19921, CVE-2023-28642).",
        StepKind.Attach when step.Source == "hooks" => "Hooks look for the container at its root's path; only this mount namespace sees it there.",
        StepKind.Attach when step.Source is "" or "linux.devices" => "Put the device where programs look for it.",
        StepKind.Attach => "Mount it; its place is looked up inside the container's root only.",
        StepKind.MakeNode => "Programs expect this device.",
        StepKind.MakeSymlink => "Programs expect this link.",
        StepKind.MaskPath => "What is there tells or changes too much of the host; it is covered by something empty.",
        StepKind.ReadonlyPath => "What is there may be read, but writing would change the kernel for all.",
        StepKind.Hostname or StepKind.Domainname => "The container has a name of its own; the host keeps its.",
        StepKind.WriteProc when step.Source == "linux.sysctl" => "The kernel parameter is set for the container's namespace alone.",
        StepKind.WriteProc when step.Source is LabelSteps.Profile or LabelSteps.Label => "From execve on the kernel's security module confines the program by this.",
        StepKind.WriteProc => "When memory runs out, this decides who is killed first.",
        _ => "",
    };

    private static string WhyNewMount(LaunchStep step) => (step.Source, step.Text0) switch
    {
        ("linux.maskedPaths", _) => "Folders to hide are covered by this empty one, which nobody can write.",
        ("root.path", _) => "Layer the container's own writable folder over the image, which is never written.",
        (_, "proc") => "Shows the container's own processes; made now, since the kernel wants a full /proc in sight.",
        (_, "sysfs") => "Shows the container's own network devices; made now, since the kernel wants a full /sys in sight.",
        (_, "tmpfs") when step.Text1 is "cgroup" or "cgroup2" => "Without a cgroup namespace this user namespace may show no cgroups, so an empty folder keeps the place.",
        (_, "tmpfs") => "A folder in memory that ends with the container.",
        (_, "devpts") => "Terminals of the container's own; the host's are not in it.",
        (_, "mqueue") => "Message queues of the container's own ipc namespace.",
        (_, "cgroup2") => "The container sees its own part of the cgroup tree.",
        _ => "A new file system of the type that was asked for.",
    };

    private static string WhyAttributes(LaunchStep step) => (step.Source, step.Argument2) switch
    {
        ("root.readonly", _) => "All mount points are made by now; nothing of the root can be changed any more.",
        ("linux.rootfsPropagation", MountFlags.MS_SHARED) => "Mounts made inside may now spread to those who share this root.",
        ("linux.rootfsPropagation" or "", not 0) when step.Text0 == "/" => "The root must not share what is mounted on it with the host.",
        ("mounts", MountFlags.MS_SHARED) => "Asked for: mounts made below it are seen on both sides.",
        (_, not 0) when (step.Argument0 | step.Argument1) == 0 => "Cut it off the host: mounts made below it stay inside.",
        _ => "The mount gets its restrictions before anyone can see it.",
    };

    private static string WhyProcess(LaunchStep step) => step.Kind switch
    {
        StepKind.Rlimit => "Set while init may still raise it; the program inherits it.",
        StepKind.LoopbackUp => "A new network namespace starts with its loopback down.",
        StepKind.OpenTerminal => "The terminal is made inside, from the container's own devpts (CVE-2025-52565); its other end is handed to the launcher.",
        StepKind.Keyring => "Keys of the caller's session stay out of reach.",
        StepKind.WorkingDirectory => "The program starts here; a folder outside the root is refused (CVE-2024-21626).",
        StepKind.FindProgram => "A missing program is told before anything has started.",
        StepKind.BoundingSet => "No program, setuid or with file capabilities, can ever regain what is dropped here.",
        StepKind.Umask => "Files the program makes get these permissions taken away.",
        StepKind.Identity => "The user the program runs as; groups first, since each needs what the next gives up.",
        StepKind.Capabilities => "The parts of root's power the program has, and no others.",
        StepKind.NoNewPrivileges => "execve can give no privilege any more: setuid programs run as their caller.",
        StepKind.CheckRoot => "Asked of the kernel, not assumed.",
        StepKind.AcceptStart => "The container is created: a process of a hundred kilobytes waits here for `start`.",
        StepKind.Seccomp => "The kernel refuses every system call the profile does not allow.",
        StepKind.Verify => "Everything is in force now; the program waits until the launcher has seen it.",
        StepKind.Execute when step.Argument2 == 1 => "The program starts; init stays as pid 1, passes signals on and reaps orphans.",
        StepKind.Execute => "The program takes init's place; every descriptor that was not asked for closes here.",
        StepKind.Scheduler or StepKind.IoPriority => "Set while init may still raise it; the program inherits it.",
        StepKind.Personality => "The kernel shows the program the machine it was built for.",
        StepKind.MemoryPolicy => "The program's memory comes from these nodes.",
        StepKind.Affinity => "The program runs on these CPUs; the container's cpuset still bounds them.",
        StepKind.Hook when step.Source == "hooks.createContainer" => "A program of the host's runs in the container's namespaces before the root is entered.",
        StepKind.Hook => "A program of the image runs before the container's own, with the same rights and no more.",
        StepKind.StdioOwner => "The program may reopen its streams as /dev/stdout and the like.",
        StepKind.Close => "No longer needed.",
        _ => "",
    };
}

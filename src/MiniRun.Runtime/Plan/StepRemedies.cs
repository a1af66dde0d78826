using MiniRun.Linux.Interop;

namespace MiniRun.Runtime.Plan;

/// <summary>What to do where a step's errno, and the call's own remedy, do not say it. One row a case.</summary>
internal static class StepRemedies
{
    public static string? For(LaunchStep? step, Errno errno) => (step?.Kind, errno) switch
    {
        (StepKind.OpenTerminal, Errno.ENOENT) => "a terminal comes from the container's devpts: mount one on /dev/pts",
        (StepKind.Identity, Errno.EINVAL) => "this id is not mapped in the container's user namespace: choose one that is, or map more",
        (StepKind.Identity, Errno.EPERM) => "setgroups or setuid is not allowed in this user namespace: run as root, or map ids with newuidmap",
        (StepKind.Keyring, Errno.EDQUOT) => "the user's quota of keyrings is used up (/proc/sys/kernel/keys): raise it, or pass --no-new-keyring",
        (StepKind.WriteProc, Errno.ENOENT) when step!.Source == LabelSteps.Profile => "no profile of this name is loaded: load it (apparmor_parser -r FILE)",
        (StepKind.WriteProc, Errno.EINVAL) when step!.Source == LabelSteps.Label => "the loaded policy does not know this label",
        (StepKind.WriteProc, Errno.EACCES or Errno.EPERM) when step!.Source is LabelSteps.Profile or LabelSteps.Label => "the policy that minirun itself is under does not allow this",
        (StepKind.WriteProc, Errno.EACCES) => "this needs CAP_SYS_RESOURCE, or ownership of the namespace: raise less, or run as root",
        (StepKind.WriteProc, Errno.ENOENT) => "this kernel has no such setting",
        (StepKind.Attach or StepKind.MakeNode or StepKind.MakeSymlink or StepKind.WorkingDirectory, Errno.EROFS) => "it is missing in the image and cannot be made there: add it to the image, or make the root writable",
        (StepKind.CopyUp, Errno.ENOSPC) => "the tmpfs is too small for what is to be copied: give it a larger size, or no tmpcopyup",
        (StepKind.CopyUp, Errno.ELOOP) => "the folders there are nested deeper than 128 levels: give no tmpcopyup",
        (StepKind.CopyUp, Errno.EPERM or Errno.EINVAL) => "something there is of an owner or kind that this user namespace cannot make: give no tmpcopyup",
        // move_mount says EINVAL here.
        (StepKind.Attach, Errno.ENOTDIR or Errno.EISDIR or Errno.EINVAL) => "a folder can only be mounted on a folder, a file only on a file",
        (StepKind.OpenTree, Errno.EINVAL) => "in a user namespace a folder with other mounts below it can only be taken whole: use rbind",
        (StepKind.OpenTree, Errno.ELOOP) => "what a container mounts is found once, when it is made, and links that appear later are not followed: remove the link, or make the container anew",
        (StepKind.WorkingDirectory, Errno.ENOENT) => "make it, or give another working directory",
        (StepKind.Capabilities or StepKind.BoundingSet, Errno.EPERM) => "minirun itself lacks one of these capabilities: ask for fewer, or start it with more",
        (StepKind.Seccomp, Errno.EACCES) => "loading a filter needs no_new_privs or CAP_SYS_ADMIN",
        (StepKind.Seccomp, Errno.EBUSY) => "an outer filter has a listener already, and a process may have one: remove SCMP_ACT_NOTIFY from one of them",
        (StepKind.Scheduler or StepKind.IoPriority, Errno.EPERM) => "this needs CAP_SYS_NICE outside of every user namespace: ask for a lower priority, or run as root",
        (StepKind.Scheduler, Errno.EINVAL) => "this policy takes no such priority, nice value or times (sched_setattr(2))",
        (StepKind.Scheduler, Errno.EBUSY) => "the CPUs have no room left for such a deadline: ask for less runtime",
        (StepKind.MemoryPolicy, Errno.EINVAL) => "this machine has no such memory nodes, or the mode takes none (set_mempolicy(2))",
        (StepKind.MemoryPolicy, Errno.ENOSYS) => "this kernel is built without NUMA: leave linux.memoryPolicy out",
        (StepKind.MemoryPolicy or StepKind.Affinity, Errno.EPERM) => "the seccomp filter or policy that minirun itself is under does not allow this",
        (StepKind.Personality, Errno.EINVAL) => "this kernel cannot run 32-bit programs, or the seccomp filter that minirun itself is under does not allow this: use the domain LINUX",
        (StepKind.Affinity, Errno.EINVAL) => "none of these CPUs may be used here: see the container's cpuset and the host's online CPUs",
        (StepKind.NoNewPrivileges, _) => "this kernel refuses no_new_privs",
        _ => null,
    };
}

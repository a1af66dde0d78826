namespace MiniRun.Linux.Interop;

/// <summary>What to do where an error number alone misleads or helps nobody. One row a case.</summary>
internal static class SyscallRemedies
{
    /// <summary>The remedy for a call's error, or null where the reason says enough.</summary>
    public static string? For(string call, Errno errno) => (call, errno) switch
    {
        (_, Errno.ENOSYS) => "this kernel lacks the call, or an outer seccomp filter hides it; minirun needs Linux 5.14 or newer",
        ("clone3" or "unshare", Errno.ENOSPC) => "too many namespaces: raise /proc/sys/user/max_*_namespaces, or nest less than 32 deep",
        ("write" or "openat" or "mkdir" or "mknodat" or "symlink" or "symlinkat" or "linkat" or "rename" or "ftruncate" or "fsetxattr", Errno.ENOSPC or Errno.EDQUOT) =>
            "the file system is full, or without free inodes (df, df -i): free some space there (minirun system prune deletes what nothing needs), or use another (--data-root, --root)",
        ("clone3" or "unshare", Errno.EUSERS) => "too many user namespaces, or nested more than 32 deep",
        ("clone3" or "unshare", Errno.EPERM) => "run as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0)",
        ("clone3", Errno.EBUSY) => "the cgroup has controllers enabled for its children; give a cgroup without children",
        ("clone3", Errno.EOPNOTSUPP) => "the cgroup is of type 'domain invalid'; give one whose cgroup.type is 'domain'",
        ("clone3", Errno.EAGAIN) => "a limit on processes is reached (ulimit -u, pids.max)",
        ("setns", Errno.EINVAL) => "not the namespace of the type asked for, or one this process may not join (its own user namespace)",
        ("setns", Errno.EPERM) => "joining needs CAP_SYS_ADMIN in the user namespace that owns it",
        ("fsmount" or "fsopen", Errno.EPERM) => "mounting needs CAP_SYS_ADMIN; procfs and sysfs also need an unmasked /proc and /sys outside",
        ("mount" or "fsmount", Errno.EBUSY) => "already mounted, or in use",
        ("fsopen" or "mount", Errno.ENODEV) => "this kernel does not have that file system (see /proc/filesystems)",
        ("fsconfig", Errno.EINVAL) => "the file system does not know this option or value (see dmesg)",
        ("mount_setattr", Errno.EINVAL) => "this file system cannot be id-mapped or does not take these attributes on this kernel (tmpfs since 6.3)",
        ("mount_setattr", Errno.EPERM) => "id-mapping needs CAP_SYS_ADMIN over the file system; flags locked by an outer user namespace cannot be cleared",
        ("pivot_root", Errno.EINVAL) => "the new root must be a mount point, and neither it nor its parent may be shared",
        ("openat2", Errno.EXDEV) => "the path leaves the root it must stay in",
        ("openat2", Errno.ELOOP) => "the path goes through a symbolic link where none is allowed",
        ("openat2", Errno.EAGAIN) => "the path was renamed while it was looked up; try again",
        ("memfd_create", Errno.EACCES) => "sysctl vm.memfd_noexec=2 forbids executable memory files",
        ("pidfd_getfd", Errno.EPERM) => "taking a descriptor of another process needs CAP_SYS_PTRACE",
        ("RTM_NEWLINK", Errno.EEXIST) => "a network device of this name is there already: give it another name",
        ("RTM_NEWLINK", Errno.EPERM) => "moving a network device needs CAP_NET_ADMIN in both network namespaces",
        ("RTM_NEWLINK", Errno.EINVAL) => "this network device belongs to its network namespace and cannot be moved",
        ("mknodat", Errno.EPERM) => "device nodes cannot be made in a user namespace or without CAP_MKNOD",
        ("write", Errno.EPERM) => "the kernel refused the value for this process; it lacks the capability, or the file was written before",
        ("open_tree", Errno.EINVAL) => "the mount cannot be cloned (unbindable, or in another mount namespace)",
        ("open_tree", Errno.EPERM) => "cloning a mount needs CAP_SYS_ADMIN",
        ("bpf", Errno.EPERM) => "loading a device program needs CAP_BPF or CAP_SYS_ADMIN and CAP_NET_ADMIN",
        ("minirun_spawn", Errno.E2BIG) => "the plan is larger than the kernel lets a new program take",
        ("connect", Errno.ECONNREFUSED) => "nobody listens any more: the container is already started or its process is gone",
        ("setrlimit" or "prlimit", Errno.EPERM) => "raising a hard limit needs CAP_SYS_RESOURCE in the initial user namespace; ask for at most the current hard limit",
        _ => null,
    };
}

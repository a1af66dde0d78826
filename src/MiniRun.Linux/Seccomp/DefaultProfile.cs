namespace MiniRun.Linux.Seccomp;

/// <summary>
/// What a container may call unless it is told otherwise: an allow-list with docker's current intent (moby/profiles,
/// seccomp/default.json, as of 2026; docs.docker.com/engine/security/seccomp), kept by hand by subject. What is not named
/// gets EPERM: the kernel keyring (add_key, keyctl, request_key), io_uring, userfaultfd, kexec, swap, nfsservctl, and so on.
/// Two things differ from docker, both stricter: see <see cref="SocketFamilies"/> and unshare.
/// </summary>
public static class DefaultProfile
{
    private const string Allow = "SCMP_ACT_ALLOW";
    private const uint ENOSYS = 38;

    // CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. CLONE_NEWTIME is no flag of clone(2).
    private const ulong NamespaceFlags = 0x7e020000;

    // Names a libseccomp or architecture does not know are skipped, so newer ones may stand here. One subject a line.
    private static readonly string[] AllowedCalls =
    [
        "open openat openat2 creat close close_range read readv pread64 preadv preadv2 write writev pwrite64 pwritev pwritev2 lseek _llseek",
        "access faccessat faccessat2 stat stat64 lstat lstat64 fstat fstat64 fstatat64 newfstatat statx statfs statfs64 fstatfs fstatfs64 statmount listmount",
        "chmod fchmod fchmodat fchmodat2 chown chown32 fchown fchown32 lchown lchown32 fchownat umask utime utimes utimensat utimensat_time64 futimesat",
        "link linkat symlink symlinkat readlink readlinkat unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir mknod mknodat getdents getdents64",
        "chdir fchdir getcwd name_to_handle_at truncate truncate64 ftruncate ftruncate64 fallocate fadvise64 fadvise64_64 readahead cachestat",
        "getxattr getxattrat lgetxattr fgetxattr setxattr setxattrat lsetxattr fsetxattr listxattr listxattrat llistxattr flistxattr removexattr removexattrat lremovexattr fremovexattr",
        "fcntl fcntl64 flock ioctl dup dup2 dup3 pipe pipe2 tee splice vmsplice sendfile sendfile64 copy_file_range sync syncfs fsync fdatasync sync_file_range",
        "select _newselect pselect6 pselect6_time64 poll ppoll ppoll_time64 epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_wait epoll_wait_old epoll_pwait epoll_pwait2",
        "inotify_init inotify_init1 inotify_add_watch inotify_rm_watch fanotify_mark eventfd eventfd2 signalfd signalfd4",
        "io_setup io_destroy io_submit io_cancel io_getevents io_pgetevents io_pgetevents_time64 ioprio_get ioprio_set",
        "mmap mmap2 munmap mremap mprotect msync madvise mincore mlock mlock2 mlockall munlock munlockall mseal brk remap_file_pages membarrier",
        "memfd_create memfd_secret map_shadow_stack pkey_alloc pkey_free pkey_mprotect",
        "fork vfork execve execveat exit exit_group wait4 waitid waitpid kill tkill tgkill pidfd_open pidfd_send_signal process_mrelease",
        "getpid getppid gettid getpgid getpgrp setpgid getsid setsid getuid getuid32 geteuid geteuid32 getgid getgid32 getegid getegid32 getgroups getgroups32",
        "getresuid getresuid32 getresgid getresgid32 setuid setuid32 setgid setgid32 setreuid setreuid32 setregid setregid32 setresuid setresuid32 setresgid setresgid32",
        "setfsuid setfsuid32 setfsgid setfsgid32 setgroups setgroups32 capget capset prctl seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self",
        "rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo",
        "sigaltstack sigprocmask sigreturn pause restart_syscall alarm getitimer setitimer",
        "futex futex_time64 futex_wait futex_waitv futex_wake futex_requeue get_robust_list set_robust_list set_tid_address get_thread_area set_thread_area rseq uretprobe",
        "sched_yield sched_getaffinity sched_setaffinity sched_getattr sched_setattr sched_getparam sched_setparam sched_getscheduler sched_setscheduler",
        "sched_get_priority_max sched_get_priority_min sched_rr_get_interval sched_rr_get_interval_time64 getpriority setpriority getcpu",
        "getrlimit ugetrlimit setrlimit prlimit64 getrusage times sysinfo uname getrandom",
        "time gettimeofday nanosleep clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep clock_nanosleep_time64",
        // Reading the clock's state needs no privilege; changing it needs CAP_SYS_TIME, which the kernel checks.
        "adjtimex clock_adjtime clock_adjtime64",
        "timer_create timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64",
        "timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64",
        "socketpair bind connect listen accept accept4 shutdown getsockname getpeername getsockopt setsockopt",
        "send sendto sendmsg sendmmsg recv recvfrom recvmsg recvmmsg recvmmsg_time64",
        // 32-bit programs. The family lies behind a pointer no filter can read, so AF_ALG through socketcall is for an LSM to deny.
        "socketcall",
        "ipc msgctl msgget msgrcv msgsnd semctl semget semop semtimedop semtimedop_time64 shmat shmctl shmdt shmget",
        "mq_open mq_unlink mq_getsetattr mq_notify mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64",
        // Safe since Linux 4.8, where tracing no longer gets around seccomp; minirun needs 5.14.
        "ptrace process_vm_readv process_vm_writev",
    ];

    // personality(2): ask, Linux, 32-bit Linux, and both with UNAME26. Never ADDR_NO_RANDOMIZE or READ_IMPLIES_EXEC.
    private static readonly ulong[] Personalities = [0x0, 0x8, 0x20000, 0x20008, 0xffffffff];

    /// <summary>
    /// Address families by their low 32 bits: everything up to 63 but AF_ALG (38, CVE-2026-31431) and AF_VSOCK (40).
    /// The kernel reads the family as an int, a filter sees 64 bits: docker's "above 40" would let 2^32 + 38 through,
    /// which the kernel then takes for AF_ALG. So every rule compares under a mask: mask, value.
    /// </summary>
    private static readonly (ulong Mask, ulong Value)[] SocketFamilies =
    [
        (0xffffffe0, 0), (0xfffffffc, 32), (0xfffffffe, 36), (0xffffffff, 39), (0xffffffff, 41), (0xfffffffe, 42), (0xfffffffc, 44), (0xfffffff0, 48),
    ];

    // Each capability, and what it opens.
    private static readonly (string Capability, string Calls)[] ByCapability =
    [
        // unshare as a whole: it has no use without namespaces that would be worth CVE-2022-0492's way to new ones.
        ("CAP_SYS_ADMIN", "clone clone3 unshare setns mount umount umount2 mount_setattr move_mount open_tree fsopen fsconfig fsmount fspick"),
        ("CAP_SYS_ADMIN", "bpf fanotify_init lookup_dcookie lsm_get_self_attr lsm_list_modules lsm_set_self_attr perf_event_open quotactl quotactl_fd setdomainname sethostname syslog"),
        ("CAP_BPF", "bpf"),
        ("CAP_PERFMON", "perf_event_open"),
        ("CAP_DAC_READ_SEARCH", "open_by_handle_at"),
        ("CAP_SYS_BOOT", "reboot"),
        ("CAP_SYS_CHROOT", "chroot"),
        ("CAP_SYS_MODULE", "init_module finit_module delete_module"),
        ("CAP_SYS_NICE", "get_mempolicy set_mempolicy set_mempolicy_home_node mbind"),
        ("CAP_SYS_PACCT", "acct"),
        ("CAP_SYS_PTRACE", "kcmp pidfd_getfd process_madvise"),
        ("CAP_SYS_RAWIO", "iopl ioperm"),
        ("CAP_SYS_TIME", "settimeofday stime clock_settime clock_settime64"),
        ("CAP_SYS_TTY_CONFIG", "vhangup"),
        ("CAP_SYSLOG", "syslog"),
    ];

    private static readonly (string Architecture, string Calls)[] ByArchitecture =
    [
        ("amd64", "arch_prctl modify_ldt"),
        ("arm64", "arm_fadvise64_64 arm_sync_file_range sync_file_range2 breakpoint cacheflush set_tls"),
    ];

    /// <summary>The profile with its conditions.</summary>
    public static SeccompTemplate Template() => new()
    {
        DefaultAction = "SCMP_ACT_ERRNO",
        DefaultErrno = 1,
        ArchitectureMap = [["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"], ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"]],
        Rules = [.. Always(), .. Conditional(), .. WithoutNamespaces()],
    };

    /// <summary>The rules for a container's bounding set on this machine.</summary>
    public static SeccompProfile Resolve(SeccompHost host) => Template().Resolve(host);

    private static IEnumerable<SeccompTemplateRule> Always()
    {
        List<string> names = new(400);
        foreach (string line in AllowedCalls)
        {
            names.AddRange(line.Split(' '));
        }

        yield return new(new(names, Allow, null, []));
        foreach ((ulong mask, ulong value) in SocketFamilies)
        {
            yield return new(new(["socket"], Allow, null, [new(0, mask, value, "SCMP_CMP_MASKED_EQ")]));
        }

        foreach (ulong personality in Personalities)
        {
            yield return new(new(["personality"], Allow, null, [new(0, personality, 0, "SCMP_CMP_EQ")]));
        }
    }

    private static IEnumerable<SeccompTemplateRule> Conditional()
    {
        foreach ((string capability, string calls) in ByCapability)
        {
            yield return new(new(calls.Split(' '), Allow, null, []), Includes: new() { Capabilities = [capability] });
        }

        foreach ((string architecture, string calls) in ByArchitecture)
        {
            yield return new(new(calls.Split(' '), Allow, null, []), Includes: new() { Architectures = [architecture] });
        }
    }

    private static IEnumerable<SeccompTemplateRule> WithoutNamespaces()
    {
        SeccompCondition admin = new() { Capabilities = ["CAP_SYS_ADMIN"] };
        yield return new(new(["clone"], Allow, null, [new(0, NamespaceFlags, 0, "SCMP_CMP_MASKED_EQ")]), Excludes: admin);

        // clone3's flags lie behind a pointer; ENOSYS makes C libraries fall back to clone.
        yield return new(new(["clone3"], "SCMP_ACT_ERRNO", ENOSYS, []), Excludes: admin);
    }
}

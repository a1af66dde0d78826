using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>CLONE_NEW* of sched.h: the kinds of namespace, as clone3, unshare and setns take them.</summary>
public static class NamespaceFlags
{
    public const ulong CLONE_NEWTIME = 0x80;
    public const ulong CLONE_NEWNS = 0x20000;
    public const ulong CLONE_NEWCGROUP = 0x2000000;
    public const ulong CLONE_NEWUTS = 0x4000000;
    public const ulong CLONE_NEWIPC = 0x8000000;
    public const ulong CLONE_NEWUSER = 0x10000000;
    public const ulong CLONE_NEWPID = 0x20000000;
    public const ulong CLONE_NEWNET = 0x40000000;

    private const uint NS_GET_NSTYPE = 0xb703;

    /// <summary>Takes the calling thread, and no other, into a namespace.</summary>
    /// <exception cref="SyscallException">EPERM: needs CAP_SYS_ADMIN in the user namespace that owns it.</exception>
    public static void Enter(FileDescriptor descriptor, ulong type, string subject)
    {
        nint result = Libc.setns(descriptor, (int)type);
        KernelCall.Check(result, "setns", subject);
    }

    /// <summary>The kind of namespace that an open /proc/PID/ns file is, as CLONE_NEW*; 0 where it is none.</summary>
    public static unsafe ulong TypeOf(FileDescriptor descriptor)
    {
        // NS_GET_NSTYPE on another kind of file could mean anything, so its file system is checked first.
        statfs status;
        if (Libc.fstatfs(descriptor, &status) != 0 || status.f_type != Libc.NSFS_MAGIC)
        {
            return 0;
        }

        int type = Libc.ioctl(descriptor, NS_GET_NSTYPE, null);
        return type == -1 ? 0 : (uint)type;
    }
}

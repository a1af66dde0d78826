using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>
/// A process that does nothing: it keeps a user namespace or a place in a cgroup until another does. It dies with the
/// thread that made it, and no later than this object.
/// </summary>
public sealed class HolderProcess : IDisposable
{
    private readonly Pidfd _pidfd;

    private HolderProcess(int pid, Pidfd pidfd)
    {
        Pid = pid;
        _pidfd = pidfd;
    }

    public int Pid { get; }

    /// <summary>Starts one in new namespaces (CLONE_NEW*), or with 0 in this process's, and then with memory of its own: a cgroup's OOM killer that picks it spares this process.</summary>
    /// <exception cref="SyscallException">EPERM: these namespaces need a capability; EAGAIN: pids.max or RLIMIT_NPROC is reached.</exception>
    public static unsafe HolderProcess Start(ulong namespaces)
    {
        spawn_result held;
        return SpawnShim.minirun_hold(namespaces, &held) == 0
            ? new HolderProcess(held.pid, new Pidfd(FileDescriptor.Adopt(held.pidfd)))
            : throw new SyscallException(Spawn.CallOf(held.stage), namespaces == 0 ? "" : "CLONE_NEWUSER", (Errno)held.error);
    }

    /// <summary>Ends it and waits until it has ended.</summary>
    public void Dispose()
    {
        if (_pidfd.Descriptor.IsClosed)
        {
            return;
        }

        _pidfd.Signal(Signals.SIGKILL);
        _pidfd.Wait();
        _pidfd.Dispose();
    }
}

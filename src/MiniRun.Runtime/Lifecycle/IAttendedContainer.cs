using MiniRun.Linux;
using MiniRun.Linux.Interop;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>A container whose first process is a child of this process.</summary>
public interface IAttendedContainer : IDisposable
{
    /// <summary>Readable once the first process has ended: its pidfd.</summary>
    FileDescriptor End { get; }

    /// <summary>The terminal's master, where the program has a terminal.</summary>
    FileDescriptor? Terminal { get; }

    /// <summary>Sends a signal to the first process; false where it has ended.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    bool Signal(int signal);

    /// <summary>Waits for the first process's end.</summary>
    ExitReport Reap();

    /// <summary>After that: removes what the container had, its cgroup, state and other processes, and completes the report.</summary>
    /// <exception cref="MiniRunException">Something of it cannot be removed.</exception>
    ExitReport Complete(ExitReport report);
}

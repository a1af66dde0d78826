using MiniRun.Linux.Interop;
using MiniRun.Runtime.Launch;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>A further process in a running container, a child of this process, which stays with it until its end. Disposing alone leaves it running.</summary>
public sealed class AttendedProcess : IDisposable
{
    private readonly LaunchedProcess _process;

    internal AttendedProcess(LaunchedProcess process)
    {
        _process = process;
    }

    /// <summary>Its pid on the host.</summary>
    public int Pid => _process.Identity.Pid;

    /// <summary>Readable once it has ended.</summary>
    public FileDescriptor End => _process.Pidfd.Descriptor;

    /// <summary>Sends it a signal; false where it has ended.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public bool Signal(int signal) => _process.Pidfd.Signal(signal);

    /// <summary>Waits for its end.</summary>
    public ExitReport Wait() => ForegroundSession.Report(_process.Pidfd.Wait());

    public void Dispose() => _process.Dispose();
}

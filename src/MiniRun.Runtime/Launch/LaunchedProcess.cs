using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Runtime.Launch;

/// <summary>The process a launch has made: this process's child, to be waited for by its pidfd.</summary>
internal sealed class LaunchedProcess(ProcessIdentity identity, Pidfd pidfd, FileDescriptor? terminal) : IDisposable
{
    public ProcessIdentity Identity => identity;

    public Pidfd Pidfd => pidfd;

    /// <summary>The terminal's master, where the program has a terminal and no console socket took it.</summary>
    public FileDescriptor? Terminal => terminal;

    public void Dispose()
    {
        pidfd.Dispose();
        terminal?.Dispose();
    }
}

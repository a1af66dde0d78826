using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Launch;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>
/// A container that this process started before it executed its program anew: the child has stayed, what was known of it has not.
/// The container's state says it again, and is read only at the end.
/// </summary>
internal sealed class ResumedContainer(string root, ContainerId id, Pidfd process, FileDescriptor? terminal, Action<string> warn) : IAttendedContainer
{
    public FileDescriptor End => process.Descriptor;

    public FileDescriptor? Terminal => terminal;

    public bool Signal(int signal) => process.Signal(signal);

    public ExitReport Reap() => ForegroundSession.Report(process.Wait());

    public ExitReport Complete(ExitReport report)
    {
        Faults.Point(FaultPoint.ExitStatus);
        using StateStore? store = StateStore.TryOpen(root);
        using ContainerFolder? folder = store?.TryOpen(id);
        if (folder is null)
        {
            return report; // another process has removed it already
        }

        report = report with { OutOfMemory = folder.ReadCgroup() is { } path && CgroupFolder.WasOutOfMemory(CgroupHost.Detect(), path) };
        try
        {
            ContainerRemoval.Delete(folder, force: true, warn);
        }
        catch (NoSuchContainerException)
        {
        }

        return report;
    }

    public void Dispose()
    {
        process.Dispose();
        terminal?.Dispose();
    }
}

using MiniRun.Engine.Containers;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime;

namespace MiniRun.Engine.Monitoring;

/// <summary>
/// The process beside each container that outlives the command which started it: it is the program's parent, has the other ends of its
/// streams, writes its log, records its end, and starts it again where the restart policy says so. There is no other daemon; where a
/// monitor is killed, the next command finds its lock free and says what is true.
/// </summary>
public sealed class ContainerMonitor(ContainerStore store, Runtime.Lifecycle.Containers runtime, ContainerId id, Func<IReadOnlyList<string>, RunRequest> read)
{
    /// <summary>Told of what happens, for the monitor's own log.</summary>
    public Action<string> Note { get; init; } = static _ => { };

    /// <summary>Attends the container until its program has ended for good.</summary>
    /// <param name="starter">The connection of whoever wants to know whether the program was started.</param>
    /// <exception cref="MiniRunException">The container is gone or damaged; whoever started this was told.</exception>
    public void Run(FileDescriptor starter)
    {
        FileLock alone;
        try
        {
            using FileDescriptor folder = HostFile.OpenDirectory(store.FolderOf(id));
            // Held until this process has ended: who finds it free finds no trace of a monitor. Until it is held, the socket is another's.
            alone = MonitorLock.Take(folder);
        }
        catch (MiniRunException failure)
        {
            AttachServer.Refuse(starter, MonitoredRun.ExitCodeOf(failure), failure.Message);
            throw;
        }

        using var server = new AttachServer(store.FolderOf(id));
        server.Adopt(starter);
        try
        {
            // What a killed monitor has left of the run before.
            runtime.Delete(id, force: true);
            Attend(server, alone);
        }
        catch (MiniRunException failure)
        {
            Note($"gives up: {failure.Message}");
            server.Failed(MonitoredRun.ExitCodeOf(failure), failure.Message);
            throw;
        }
    }

    private void Attend(AttachServer server, FileLock alone)
    {
        ContainerRecord record = store.Read(id) ?? throw new MiniRunException($"container {id.Value[..12]} is half-made: minirun rm -f {id.Value[..12]}");
        using SignalPipe signals = SignalPipe.Open([Signals.SIGTERM, Signals.SIGINT, Signals.SIGHUP]);
        using var run = new MonitoredRun(store, runtime, record, RequestOf, server, signals) { Note = Note };
        run.ToTheEnd();
        if (RequestOf(record).Life.Remove)
        {
            ContainerEnd.Remove(store, id);
        }

        run.TellEnd();
        if (server.IsAnyBehind())
        {
            // For the sake of a slow reader nobody else has to wait: the container may be started again, or removed.
            run.Release();
            alone.Dispose();
            run.Linger();
        }
    }

    private RunRequest RequestOf(ContainerRecord record) => DecidedMounts.RequestOf(record, read);
}

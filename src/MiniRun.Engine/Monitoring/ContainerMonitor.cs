using MiniRun.Engine.Containers;
using MiniRun.Engine.Logs;
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
public sealed class ContainerMonitor(ContainerStore store, Runtime.Lifecycle.Containers runtime, ContainerId id, RunWordsReader read, MonitorProgram program)
{
    /// <summary>Told of what happens, for the monitor's own log.</summary>
    public Action<string> Note { get; init; } = static _ => { };

    /// <summary>Attends the container until its program has ended for good.</summary>
    /// <param name="starter">The connection of whoever wants to know whether the program was started.</param>
    /// <exception cref="MiniRunException">The container is gone or damaged; whoever started this was told.</exception>
    public void Run(FileDescriptor starter)
    {
        FileLock alone = TakeLock(starter);
        using var server = new AttachServer(store.FolderOf(id));
        server.Adopt(starter);
        TellingFailure(server, () =>
        {
            // What a killed monitor has left of the run before.
            runtime.Delete(id, force: true);
            using FileDescriptor folder = HostFile.OpenDirectory(store.FolderOf(id));
            ContainerRecord record = store.Require(id);
            RunRequest request = RequestOf(record);
            ContainerLog? log = request.Life.Log.Driver == LogDriver.None ? null : ContainerLog.Open(folder, ContainerLog.FileName(id), request.Life.Log);
            Attend(server, alone, log, inputOnce: !request.Life.Detach, parts => new MonitoredRun(parts, record, request));
        });
    }

    /// <summary>Goes on where this process was when it executed itself anew.</summary>
    /// <param name="word">What it kept, see <see cref="MonitorHandOver"/>.</param>
    /// <exception cref="MiniRunException">That is damaged.</exception>
    public void Resume(string word)
    {
        var handOver = MonitorHandOver.Parse(word);
        using AttachServer server = new(store.FolderOf(id), handOver);
        TellingFailure(server, () =>
        {
            ContainerLog? log = handOver is { LogFolder: { } folder, LogFile: { } file } ? ContainerLog.Resume(folder, file, ContainerLog.FileName(id), handOver.Log) : null;
            Attend(server, FileLock.Resume(handOver.Alone), log, handOver.InputOnce, parts => new MonitoredRun(parts, handOver));
        });
    }

    private void Attend(AttachServer server, FileLock alone, ContainerLog? log, bool inputOnce, Func<MonitorParts, MonitoredRun> begin)
    {
        using MonitorParts parts = new()
        {
            Store = store,
            Runtime = runtime,
            Id = id,
            Read = RequestOf,
            Program = program,
            Alone = alone,
            Signals = SignalPipe.Open(MonitorProgram.EndingSignals),
            Server = server,
            Log = log,
            InputOnce = inputOnce,
            Note = Note,
        };
        SignalMask.Release(MonitorProgram.EndingSignals);
        using MonitoredRun run = begin(parts);
        run.ToTheEnd();
        if (run.Request.Life.Remove)
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

    /// <summary>Until it is held, the socket is another's.</summary>
    private FileLock TakeLock(FileDescriptor starter)
    {
        try
        {
            return MonitorLock.Take(store.FolderOf(id));
        }
        catch (MiniRunException failure)
        {
            AttachServer.Refuse(starter, MonitoredRun.ExitCodeOf(failure), failure.Message);
            throw;
        }
    }

    private RunRequest RequestOf(ContainerRecord record) => DecidedMounts.RequestOf(record, read);

    private void TellingFailure(AttachServer server, Action attend)
    {
        try
        {
            attend();
        }
        catch (MiniRunException failure)
        {
            Note($"gives up: {failure.Message}");
            server.Failed(MonitoredRun.ExitCodeOf(failure), failure.Message);
            throw;
        }
    }
}

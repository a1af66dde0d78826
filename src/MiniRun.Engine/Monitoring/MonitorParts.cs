using MiniRun.Engine.Containers;
using MiniRun.Engine.Logs;
using MiniRun.Linux.Files;
using MiniRun.Runtime;

namespace MiniRun.Engine.Monitoring;

/// <summary>What a monitor has from its first moment to its last.</summary>
internal sealed record MonitorParts : IDisposable
{
    internal required ContainerStore Store { get; init; }

    internal required Runtime.Lifecycle.Containers Runtime { get; init; }

    internal required ContainerId Id { get; init; }

    /// <summary>Reads what was asked for out of a record.</summary>
    internal required Func<ContainerRecord, RunRequest> Read { get; init; }

    internal required MonitorProgram Program { get; init; }

    /// <summary>Held until this process has ended: who finds it free finds no trace of a monitor.</summary>
    internal required FileLock Alone { get; init; }

    internal required SignalPipe Signals { get; init; }

    internal required AttachServer Server { get; init; }

    /// <summary>Null where the container has none.</summary>
    internal required ContainerLog? Log { get; init; }

    /// <summary>Whether the end of a client's input is that of the program's.</summary>
    internal required bool InputOnce { get; init; }

    internal required Action<string> Note { get; init; }

    public void Dispose()
    {
        Log?.Dispose();
        Signals.Dispose();
    }
}

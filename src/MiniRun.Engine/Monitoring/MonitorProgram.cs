using MiniRun.Runtime;

namespace MiniRun.Engine.Monitoring;

/// <summary>How a monitor is started: minirun itself, with a command that people are not told of.</summary>
/// <param name="Words">Its command line up to the container's id, its program's path first.</param>
public sealed record MonitorProgram(IReadOnlyList<string> Words)
{
    internal AttachConnection Start(ContainerId id, string folder, AttachedStreams streams) => AttachConnection.Start([.. Words, id.Value], folder, streams);
}

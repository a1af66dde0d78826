using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime;

namespace MiniRun.Engine.Monitoring;

/// <summary>How a monitor is started: minirun itself, with a command that people are not told of.</summary>
/// <param name="Words">Its command line up to the container's id, its program's path first.</param>
public sealed record MonitorProgram(IReadOnlyList<string> Words)
{
    /// <summary>The hidden command that is a monitor.</summary>
    public const string Command = "monitor";

    /// <summary>The first word of a monitor that has executed itself anew, see <see cref="ContainerMonitor.Resume"/>; the other words follow.</summary>
    public const string ResumeWord = "resume-monitor";

    /// <summary>What ends a monitor, and its container with it. They wait until a monitor can take them, from its first moment on.</summary>
    internal static ReadOnlySpan<int> EndingSignals => [Signals.SIGTERM, Signals.SIGINT, Signals.SIGHUP];

    /// <summary>Starts the monitor of a container.</summary>
    /// <param name="folder">The container's.</param>
    /// <param name="streams">What the caller wants to be sent.</param>
    /// <param name="terminal">Whether the program's terminal is to have the size of the caller's.</param>
    internal AttachConnection Start(ContainerId id, string folder, AttachedStreams streams, bool terminal) =>
        AttachConnection.Start([.. Words, id.Value], folder, streams, terminal ? CallersSize() : null);

    private static TerminalSize? CallersSize()
    {
        using var input = FileDescriptor.Borrow(0);
        return Terminal.Is(input) ? Terminal.Size(input) : null;
    }

    /// <summary>Executes the monitor anew in this process; returns only where that is impossible, with the reason.</summary>
    internal Errno Resume(ContainerId id, MonitorHandOver handOver)
    {
        OwnProgram program = new();
        return program.Execute([Words[0], ResumeWord, handOver.Word(program), .. Words.Skip(1), id.Value]);
    }
}

using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>A process to run in a running container (`exec`).</summary>
public sealed record JoinRequest
{
    /// <summary>The process; what it leaves out is not taken from the container any more.</summary>
    public required ProcessSpec Process { get; init; }

    /// <summary>How many of the caller's descriptors, from 3 on, the program gets.</summary>
    public int PreservedDescriptors { get; init; }

    public Stdio Streams { get; init; } = Stdio.Inherited();

    /// <summary>The path of a unix socket that receives the terminal's master.</summary>
    public string? ConsoleSocket { get; init; }

    /// <summary>A file that receives the host's pid of the process.</summary>
    public string? PidFile { get; init; }

    /// <summary>A cgroup below the container's in which the process starts, which must exist; null is the container's own.</summary>
    public string? SubCgroup { get; init; }

    /// <summary>Join a paused container too: the process starts when the container is resumed.</summary>
    public bool IgnorePaused { get; init; }

    /// <summary>Leave it running and return at once.</summary>
    public bool Detach { get; init; }

    /// <summary>How its terminal is left; null where nothing that is typed does that.</summary>
    public TerminalLeaving? Leaving { get; init; }

    public bool ForwardSignals { get; init; } = true;

    /// <summary>The path of a unix socket that receives the process's pidfd.</summary>
    public string? PidfdSocket { get; init; }

    /// <summary>Receives every step carried out; null traces nothing.</summary>
    public Action<TraceRecord>? Trace { get; init; }

    /// <summary>The folder of the compiled seccomp filters; null keeps none.</summary>
    public string? SeccompCache { get; init; }
}

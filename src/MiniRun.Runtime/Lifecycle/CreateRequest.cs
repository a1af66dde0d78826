using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>A container to make.</summary>
public sealed record CreateRequest
{
    public required ContainerId Id { get; init; }

    public required RuntimeSpec Spec { get; init; }

    /// <summary>config.json as it was read; null has it written from <see cref="Spec"/>. It is kept with the state, because `exec` needs it and the bundle may change.</summary>
    public ReadOnlyMemory<byte>? Config { get; init; }

    public required RootSource Root { get; init; }

    /// <summary>The bundle's absolute folder.</summary>
    public required string Bundle { get; init; }

    /// <summary>The cgroup as linux.cgroupsPath names it: from the cgroup2 mount's root if it starts with "/", else beside the caller's own cgroup. Null is no cgroup.</summary>
    public string? CgroupPath { get; init; }

    /// <summary>Controllers that count what the container uses, also without a limit of theirs, where the host can.</summary>
    public IReadOnlyList<string> Counting { get; init; } = [];

    /// <summary>Whether systemd makes the cgroup: <see cref="CgroupPath"/> is then "slice:prefix:name".</summary>
    public bool SystemdCgroup { get; init; }

    /// <summary>Whether the root's files show their owners through the container's mapping (the engine's --userns=private).</summary>
    public bool IdMapRoot { get; init; }

    /// <summary>Whether minirun-init stays as pid 1 and reaps.</summary>
    public bool Init { get; init; }

    public bool NewKeyring { get; init; } = true;

    /// <summary>How many of the caller's descriptors, from 3 on, the program gets.</summary>
    public int PreservedDescriptors { get; init; }

    public Stdio Streams { get; init; } = Stdio.Inherited();

    /// <summary>The size of the program's terminal from its first moment on; null is that of the configuration.</summary>
    public ConsoleSize? TerminalSize { get; init; }

    /// <summary>The path of a unix socket that receives the terminal's master.</summary>
    public string? ConsoleSocket { get; init; }

    /// <summary>A file that receives the host's pid of the container's first process.</summary>
    public string? PidFile { get; init; }

    /// <summary>The path of a unix socket that receives the process's pidfd.</summary>
    public string? PidfdSocket { get; init; }

    /// <summary>The service manager's socket that is told when the program is ready; the configuration then has what that takes. Null for none.</summary>
    public string? NotifySocket { get; init; }

    /// <summary>Told of what went wrong and stops nothing: a poststop hook that failed.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Receives every step carried out; null traces nothing.</summary>
    public Action<TraceRecord>? Trace { get; init; }

    /// <summary>The option of the command line behind a step, for failures; null, or a null answer, has the spec's part named.</summary>
    public Func<LaunchStep, string?>? AskedBy { get; init; }

    /// <summary>The folder of the compiled seccomp filters; null keeps none.</summary>
    public string? SeccompCache { get; init; }
}

using MiniRun.Linux.Systemd;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>All that was asked of one container: everything in a launch plan follows from this and <see cref="HostFacts"/>.</summary>
public sealed record LaunchRequest
{
    /// <summary>The configuration, already validated.</summary>
    public required RuntimeSpec Spec { get; init; }

    public required ContainerId Id { get; init; }

    public required RootSource Root { get; init; }

    /// <summary>The bundle's absolute folder: relative bind sources start there.</summary>
    public required string Bundle { get; init; }

    public LaunchGate Gate { get; init; } = LaunchGate.Run;

    /// <summary>Whether the root's files show their owners through the container's mapping. A bundle whose files were given to the mapped ids by its maker must not be mapped again.</summary>
    public bool IdMapRoot { get; init; }

    /// <summary>Whether minirun-init stays as pid 1, forwards signals and reaps (--init).</summary>
    public bool Init { get; init; }

    /// <summary>Overrides process.consoleSize.</summary>
    public ConsoleSize? TerminalSize { get; init; }

    /// <summary>Whether the container gets a session keyring of its own.</summary>
    public bool NewKeyring { get; init; } = true;

    /// <summary>How many of the caller's descriptors, from 3 on, the program gets.</summary>
    public int PreservedDescriptors { get; init; }

    /// <summary>The absolute folder of the container's cgroup, or null for none: then every limit that was asked for is refused.</summary>
    public string? CgroupPath { get; init; }

    /// <summary>Controllers that count what the container uses, without a limit of them; those that the host has not are left out.</summary>
    public IReadOnlyList<string> Counting { get; init; } = [];

    /// <summary>The systemd scope that is to have this cgroup; null where minirun makes it itself.</summary>
    public SystemdScope? Scope { get; init; }
}

using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>All that was asked of a process that joins a running container.</summary>
public sealed record ExecRequest
{
    public required ContainerId Id { get; init; }

    /// <summary>The process, its defaults already taken from the container's own.</summary>
    public required ProcessSpec Process { get; init; }

    /// <summary>The CLONE_NEW* flags of the container's namespaces that are not the launcher's own; all are joined in one call.</summary>
    public required ulong Namespaces { get; init; }

    /// <summary>The container's seccomp profile, or null.</summary>
    public SeccompSpec? Seccomp { get; init; }

    /// <summary>The absolute folder of the cgroup to start in, or null where the container has none.</summary>
    public string? CgroupPath { get; init; }

    /// <summary>The absolute folders of the container's groups of resctrl, in the order of joining.</summary>
    public IReadOnlyList<string> ResctrlGroups { get; init; } = [];

    /// <summary>Whether setgroups is denied in the container's user namespace.</summary>
    public bool SetgroupsDenied { get; init; }

    /// <summary>Whether minirun-init stays as the process's parent and reaps.</summary>
    public bool Init { get; init; }

    /// <summary>Overrides process.consoleSize.</summary>
    public ConsoleSize? TerminalSize { get; init; }

    public bool NewKeyring { get; init; } = true;

    /// <summary>How many of the caller's descriptors, from 3 on, the program gets.</summary>
    public int PreservedDescriptors { get; init; }

    /// <summary>The container's linux.personality.</summary>
    public PersonalitySpec? Personality { get; init; }

    /// <summary>The container's linux.memoryPolicy.</summary>
    public MemoryPolicySpec? MemoryPolicy { get; init; }
}

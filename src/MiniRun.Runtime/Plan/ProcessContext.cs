using MiniRun.Linux.Capabilities;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>What the last part of a plan, the process itself, is made from; `run` and `exec` share it.</summary>
internal sealed record ProcessContext
{
    public required ContainerId Id { get; init; }

    public required ProcessSpec Process { get; init; }

    public required SeccompSpec? Seccomp { get; init; }

    /// <summary>The capabilities there are to have.</summary>
    public required CapabilitySet Available { get; init; }

    public required bool SetgroupsDenied { get; init; }

    /// <summary>Whether the container's ids differ from the launcher's.</summary>
    public required bool HasUserNamespace { get; init; }

    public required bool NewKeyring { get; init; }

    /// <summary>Whether minirun-init stays and reaps.</summary>
    public required bool Init { get; init; }

    public required ConsoleSize? TerminalSize { get; init; }

    /// <summary>linux.personality: of every process of the container.</summary>
    public PersonalitySpec? Personality { get; init; }

    /// <summary>linux.memoryPolicy: of every process of the container.</summary>
    public MemoryPolicySpec? MemoryPolicy { get; init; }

    /// <summary>The startContainer hooks, as steps.</summary>
    public IReadOnlyList<LaunchStep> StartHooks { get; init; } = [];
}

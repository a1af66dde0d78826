using System.Runtime.InteropServices;
using MiniRun.Linux.Capabilities;

namespace MiniRun.Linux.Seccomp;

/// <summary>What a template's conditions are asked about.</summary>
public sealed record SeccompHost
{
    /// <summary>The container's bounding set.</summary>
    public required CapabilitySet Capabilities { get; init; }

    /// <summary>The machine's architecture.</summary>
    public Architecture Architecture { get; init; } = RuntimeInformation.ProcessArchitecture;

    /// <summary>The kernel's version; minirun's oldest supported one where nobody asked.</summary>
    public Version Kernel { get; init; } = new(5, 14);

    /// <summary>Whether the container may have a capability; one nobody knows is held by none.</summary>
    internal bool Holds(string capability) => CapabilitySet.TryParse(capability, out CapabilitySet asked) && (asked - Capabilities).IsEmpty;

    /// <summary>Docker's (Go's) word for the architecture.</summary>
    internal string ArchitectureName => Architecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.Arm64 => "arm64",
        _ => throw new MiniRunException($"seccomp: no profile for architecture {Architecture}: minirun runs on x86_64 and arm64"),
    };
}

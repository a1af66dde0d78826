namespace MiniRun.Runtime.Plan;

/// <summary>What the kernel must say of the process just before its program starts; ids are those inside its user namespace.</summary>
public sealed record ProcessExpectation
{
    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary>Supplementary groups, or null where setgroups is denied and they cannot be set.</summary>
    public IReadOnlyList<uint>? Groups { get; init; }

    public required ulong Effective { get; init; }

    public required ulong Permitted { get; init; }

    public required ulong Inheritable { get; init; }

    public required ulong Ambient { get; init; }

    public required ulong Bounding { get; init; }

    public required bool NoNewPrivileges { get; init; }

    /// <summary>Whether a seccomp filter must be in force (mode 2).</summary>
    public required bool Seccomp { get; init; }

    /// <summary>The SELinux label that must be taken on at execve; "" for none asked for. (AppArmor tells a process's next profile to that process only.)</summary>
    public string SelinuxLabel { get; init; } = "";

    /// <summary>Whether that filter has a listener, which must be handed over first.</summary>
    public bool SeccompListener { get; init; }
}

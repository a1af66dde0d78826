namespace MiniRun.Linux.Seccomp;

/// <summary>
/// A filter to compile: words as in runtime-spec's linux.seccomp, conditions already resolved. Compiled by
/// <see cref="SeccompCompiler"/>, kept by <see cref="SeccompCache"/>.
/// </summary>
public sealed record SeccompProfile
{
    /// <summary>SCMP_ACT_*: what happens to a call no rule matches.</summary>
    public required string DefaultAction { get; init; }

    /// <summary>The errno of <see cref="DefaultAction"/>; null is EPERM.</summary>
    public uint? DefaultErrno { get; init; }

    /// <summary>SCMP_ARCH_*; the machine's own is always included.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    /// <summary>SECCOMP_FILTER_FLAG_*: for seccomp(2), not compiled in. <see cref="SeccompWords.Flag"/> has their numbers.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    public IReadOnlyList<SeccompRule> Rules { get; init; } = [];
}

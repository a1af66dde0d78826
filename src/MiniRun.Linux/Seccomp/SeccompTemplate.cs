namespace MiniRun.Linux.Seccomp;

/// <summary>A profile with conditions, as docker writes them: the default one (<see cref="DefaultProfile"/>), or a user's file (<see cref="SeccompTemplateReader"/>).</summary>
public sealed record SeccompTemplate
{
    public required string DefaultAction { get; init; }

    public uint? DefaultErrno { get; init; }

    /// <summary>SCMP_ARCH_* for every machine.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    /// <summary>"archMap": for the machine whose own architecture is first, all of them.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ArchitectureMap { get; init; } = [];

    public IReadOnlyList<string> Flags { get; init; } = [];

    public IReadOnlyList<SeccompTemplateRule> Rules { get; init; } = [];

    /// <summary>Keeps the rules whose conditions hold.</summary>
    public SeccompProfile Resolve(SeccompHost host)
    {
        List<SeccompRule> rules = new(Rules.Count);
        foreach (SeccompTemplateRule rule in Rules)
        {
            if (IsIncluded(rule.Includes, host) && !IsExcluded(rule.Excludes, host))
            {
                rules.Add(rule.Rule);
            }
        }

        return new SeccompProfile
        {
            DefaultAction = DefaultAction,
            DefaultErrno = DefaultErrno,
            Architectures = ArchitecturesOf(host),
            Flags = Flags,
            Rules = rules,
        };
    }

    private IReadOnlyList<string> ArchitecturesOf(SeccompHost host)
    {
        string native = host.ArchitectureName == "amd64" ? "SCMP_ARCH_X86_64" : "SCMP_ARCH_AARCH64";
        foreach (IReadOnlyList<string> family in ArchitectureMap)
        {
            if (family.Count > 0 && family[0] == native)
            {
                return family;
            }
        }

        return Architectures;
    }

    private static bool IsIncluded(SeccompCondition? condition, SeccompHost host)
    {
        if (condition is null)
        {
            return true;
        }

        foreach (string capability in condition.Capabilities)
        {
            if (!host.Holds(capability))
            {
                return false;
            }
        }

        return (condition.Architectures.Count == 0 || Contains(condition.Architectures, host.ArchitectureName))
            && (condition.MinKernel is null || host.Kernel >= condition.MinKernel);
    }

    private static bool IsExcluded(SeccompCondition? condition, SeccompHost host)
    {
        if (condition is null)
        {
            return false;
        }

        foreach (string capability in condition.Capabilities)
        {
            if (host.Holds(capability))
            {
                return true;
            }
        }

        return Contains(condition.Architectures, host.ArchitectureName) || (condition.MinKernel is not null && host.Kernel >= condition.MinKernel);
    }

    private static bool Contains(IReadOnlyList<string> list, string text)
    {
        foreach (string entry in list)
        {
            if (entry == text)
            {
                return true;
            }
        }

        return false;
    }
}

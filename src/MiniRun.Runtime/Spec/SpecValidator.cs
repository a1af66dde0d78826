using MiniRun.Runtime.Spec.Validation;

namespace MiniRun.Runtime.Spec;

/// <summary>
/// What the values of a config.json must be, alone and together, for minirun to keep its word: the spec's MUSTs and
/// the kernel's own limits. Pure: the host is not asked.
/// </summary>
public static class SpecValidator
{
    /// <summary>All problems, each "json.path: what is wrong"; none for a document that can be carried out.</summary>
    public static IReadOnlyList<string> Validate(RuntimeSpec spec) => FindProblems(spec).Found;

    /// <summary>Refuses a document that cannot be carried out.</summary>
    /// <exception cref="SpecException">All its problems.</exception>
    public static void Check(RuntimeSpec spec) => FindProblems(spec).ThrowIfAny();

    /// <summary>Refuses a process of `exec` that cannot be carried out; its paths start with "process" as in config.json.</summary>
    /// <exception cref="SpecException">All its problems.</exception>
    public static void Check(ProcessSpec process)
    {
        SpecProblems problems = new();
        ProcessRules.Check(process, problems);
        problems.ThrowIfAny();
    }

    /// <summary>Refuses resources of `update` that cannot be carried out; their paths start with "linux.resources" as in config.json.</summary>
    /// <exception cref="SpecException">All their problems.</exception>
    public static void Check(ResourcesSpec resources)
    {
        SpecProblems problems = new();
        ResourceRules.Check(resources, problems);
        problems.ThrowIfAny();
    }

    /// <summary>Refuses schemata of `update` that cannot be carried out; their paths start with "linux.intelRdt" as in config.json.</summary>
    /// <exception cref="SpecException">All their problems.</exception>
    public static void Check(IntelRdtSpec rdt)
    {
        SpecProblems problems = new();
        IntelRdtRules.Check(rdt, problems);
        problems.ThrowIfAny();
    }

    private static SpecProblems FindProblems(RuntimeSpec spec)
    {
        SpecProblems problems = new();
        DocumentRules.Check(spec, problems);
        if (spec.Process is not null)
        {
            ProcessRules.Check(spec.Process, problems);
        }

        MountRules.Check(spec.Mounts, problems);
        IdMapRules.Check(spec, problems);
        HookRules.Check(spec.Hooks, problems);
        NamespaceRules.Check(spec, problems);
        MappingRules.Check(spec, problems);
        SysctlRules.Check(spec, problems);
        LinuxRules.Check(spec.Linux, problems);
        SchedulingRules.Check(spec.Linux, problems);
        NetDeviceRules.Check(spec.Linux, problems);
        DeviceRules.Check(spec.Linux, problems);
        ResourceRules.Check(spec.Linux.Resources, problems);
        if (spec.Linux.Seccomp is not null)
        {
            SeccompRules.Check(spec.Linux.Seccomp, problems);
        }

        if (spec.Linux.IntelRdt is not null)
        {
            IntelRdtRules.Check(spec.Linux.IntelRdt, problems);
        }

        return problems;
    }
}

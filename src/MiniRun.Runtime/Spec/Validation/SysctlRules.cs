namespace MiniRun.Runtime.Spec.Validation;

/// <summary>linux.sysctl: only what a namespace of the container's own holds may be set, or the host would be changed. The same rules as runc's.</summary>
internal static class SysctlRules
{
    public static void Check(RuntimeSpec spec, SpecProblems problems)
    {
        foreach ((string key, _) in spec.Linux.Sysctl)
        {
            if (ProblemOf(key, spec) is { } wrong)
            {
                problems.Add($"linux.sysctl[{Shown.Quote(key)}]", wrong);
            }
        }
    }

    private static string? ProblemOf(string key, RuntimeSpec spec)
    {
        string? file = SysctlKey.FileOf(key);
        return file switch
        {
            null => "not the name of a kernel parameter",
            "kernel/hostname" => "is what hostname sets; use that",
            "kernel/domainname" when !string.IsNullOrEmpty(spec.Domainname) => "is what domainname sets; use one of them",
            "kernel/domainname" => Needs(NamespaceType.Uts, spec),
            _ when IsIpc(file) => Needs(NamespaceType.Ipc, spec),
            _ when file.StartsWith("net/", StringComparison.Ordinal) => Needs(NamespaceType.Network, spec),
            _ => "no namespace holds it, so it would be set for the whole host",
        };
    }

    private static bool IsIpc(string file) =>
        file is "kernel/msgmax" or "kernel/msgmnb" or "kernel/msgmni" or "kernel/sem"
            or "kernel/shmall" or "kernel/shmmax" or "kernel/shmmni" or "kernel/shm_rmid_forced"
        || file.StartsWith("fs/mqueue/", StringComparison.Ordinal);

    private static string? Needs(NamespaceType type, RuntimeSpec spec) =>
        spec.Linux.Has(type) ? null : $"needs a {type.Word()} namespace in linux.namespaces, or the host's would be set";
}

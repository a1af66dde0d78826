namespace MiniRun.Runtime.Spec.Validation;

/// <summary>
/// What the records hold and minirun does not carry out yet: asking for it is an error, because a protection or a limit that
/// is silently left out is worse than none. One row a field; whoever makes a field work deletes its row.
/// </summary>
internal static class NotYetSupported
{
    public static void Check(RuntimeSpec spec, SpecProblems problems)
    {
        Row("hooks.prestart", spec.Hooks.Prestart.Count > 0, problems);
        Row("hooks.createRuntime", spec.Hooks.CreateRuntime.Count > 0, problems);
        Row("hooks.createContainer", spec.Hooks.CreateContainer.Count > 0, problems);
        Row("hooks.startContainer", spec.Hooks.StartContainer.Count > 0, problems);
        Row("hooks.poststart", spec.Hooks.Poststart.Count > 0, problems);
        Row("hooks.poststop", spec.Hooks.Poststop.Count > 0, problems);
        Row("linux.netDevices", spec.Linux.NetDevices.Count > 0, problems);
        Row("linux.intelRdt", spec.Linux.IntelRdt is not null, problems);
        Row("linux.memoryPolicy", spec.Linux.MemoryPolicy is not null, problems);
        Row("linux.personality", spec.Linux.Personality is not null, problems);
        Row("linux.mountLabel", !string.IsNullOrEmpty(spec.Linux.MountLabel), problems);
        Row("linux.seccomp.listenerPath", !string.IsNullOrEmpty(spec.Linux.Seccomp?.ListenerPath), problems);
        Row("linux.seccomp.listenerMetadata", !string.IsNullOrEmpty(spec.Linux.Seccomp?.ListenerMetadata), problems);
        CheckNotify(spec.Linux.Seccomp, problems);
        CheckIdmap(spec.Mounts, problems);
        if (spec.Process is not null)
        {
            Check(spec.Process, problems);
        }
    }

    public static void Check(ProcessSpec process, SpecProblems problems)
    {
        Row("process.apparmorProfile", !string.IsNullOrEmpty(process.ApparmorProfile), problems);
        Row("process.selinuxLabel", !string.IsNullOrEmpty(process.SelinuxLabel), problems);
        Row("process.scheduler", process.Scheduler is not null, problems);
        Row("process.ioPriority", process.IoPriority is not null, problems);
        Row("process.execCPUAffinity", process.ExecCpuAffinity is not null, problems);
    }

    private static void CheckNotify(SeccompSpec? seccomp, SpecProblems problems)
    {
        Row("linux.seccomp.defaultAction SCMP_ACT_NOTIFY", seccomp?.DefaultAction == "SCMP_ACT_NOTIFY", problems);
        for (int i = 0; i < (seccomp?.Syscalls.Count ?? 0); i++)
        {
            if (seccomp!.Syscalls[i].Action == "SCMP_ACT_NOTIFY")
            {
                Row($"linux.seccomp.syscalls[{i}].action SCMP_ACT_NOTIFY", true, problems);
            }
        }
    }

    private static void CheckIdmap(IReadOnlyList<MountSpec> mounts, SpecProblems problems)
    {
        for (int i = 0; i < mounts.Count; i++)
        {
            if (mounts[i].UidMappings.Count + mounts[i].GidMappings.Count > 0 || HasIdmapOption(mounts[i].Options))
            {
                Row($"id mapping of mounts[{i}]", true, problems);
            }
        }
    }

    private static bool HasIdmapOption(IReadOnlyList<string> options)
    {
        for (int i = 0; i < options.Count; i++)
        {
            if (options[i] is "idmap" or "ridmap" || options[i].StartsWith("idmap=", StringComparison.Ordinal) || options[i].StartsWith("ridmap=", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void Row(string field, bool isAskedFor, SpecProblems problems)
    {
        if (isAskedFor)
        {
            problems.Add("", $"not supported yet: {field}");
        }
    }
}

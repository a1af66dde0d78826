using MiniRun.Engine.Options;

namespace MiniRun.Engine.Containers;

/// <summary>What `run` was told of the container's namespaces and of what stands in them.</summary>
public sealed record NamespaceChoices
{
    public NamespaceChoice Pid { get; init; }

    public NamespaceChoice Ipc { get; init; }

    public NamespaceChoice Uts { get; init; }

    public NamespaceChoice Network { get; init; }

    public NamespaceChoice Cgroup { get; init; }

    public NamespaceChoice User { get; init; }

    public string? Hostname { get; init; }

    public string? Domainname { get; init; }

    public IReadOnlyList<SysctlSetting> Sysctls { get; init; } = [];
}

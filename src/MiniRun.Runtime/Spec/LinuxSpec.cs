namespace MiniRun.Runtime.Spec;

/// <summary>The linux object. Source: config-linux.md.</summary>
public sealed record LinuxSpec
{
    public IReadOnlyList<NamespaceSpec> Namespaces { get; init; } = [];

    public IReadOnlyList<IdMapping> UidMappings { get; init; } = [];

    public IReadOnlyList<IdMapping> GidMappings { get; init; } = [];

    public IReadOnlyDictionary<string, TimeOffset> TimeOffsets { get; init; } = new Dictionary<string, TimeOffset>();

    public IReadOnlyList<DeviceSpec> Devices { get; init; } = [];

    public IReadOnlyDictionary<string, NetDeviceSpec> NetDevices { get; init; } = new Dictionary<string, NetDeviceSpec>();

    public string? CgroupsPath { get; init; }

    public ResourcesSpec Resources { get; init; } = new();

    public IntelRdtSpec? IntelRdt { get; init; }

    public MemoryPolicySpec? MemoryPolicy { get; init; }

    public IReadOnlyDictionary<string, string> Sysctl { get; init; } = new Dictionary<string, string>();

    public SeccompSpec? Seccomp { get; init; }

    public string? RootfsPropagation { get; init; }

    public IReadOnlyList<string> MaskedPaths { get; init; } = [];

    public IReadOnlyList<string> ReadonlyPaths { get; init; } = [];

    public string? MountLabel { get; init; }

    public PersonalitySpec? Personality { get; init; }
}

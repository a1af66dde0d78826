namespace MiniRun.Runtime.Spec;

/// <summary>config.json of the OCI runtime-spec 1.3 for Linux, as read: nothing is defaulted here. Source: runtime-spec config.md.</summary>
public sealed record RuntimeSpec
{
    public required string OciVersion { get; init; }

    public RootSpec? Root { get; init; }

    public IReadOnlyList<MountSpec> Mounts { get; init; } = [];

    public ProcessSpec? Process { get; init; }

    public string? Hostname { get; init; }

    public string? Domainname { get; init; }

    public HooksSpec Hooks { get; init; } = new();

    public LinuxSpec Linux { get; init; } = new();

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}

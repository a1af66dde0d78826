namespace MiniRun.Runtime.Plan;

/// <summary>One entry of mounts[] after all decisions about it.</summary>
internal sealed record PlannedMount
{
    public required int Index { get; init; }

    public required MountOrigin Origin { get; init; }

    public required string Destination { get; init; }

    /// <summary>The file system's type; of no meaning for a clone.</summary>
    public required string Type { get; init; }

    /// <summary>The host's path for a clone, else what mountinfo shows as source.</summary>
    public required string Source { get; init; }

    public required MountOptions Options { get; init; }

    /// <summary>Where the kernel refuses a new one, the host's path to clone instead; else "".</summary>
    public string Fallback { get; init; } = "";

    /// <summary>Whether the mount, with all below it, must be read-only whatever the options say.</summary>
    public bool ForceReadonly { get; init; }

    /// <summary>What is mounted in the source's stead, followed inside of it only; "" is the source itself.</summary>
    public string Subpath { get; init; } = "";

    /// <summary>Whether a link on the way to the source is refused.</summary>
    public bool NoLinks { get; init; }

    /// <summary>The folders of <see cref="MountOrigin.HostLayers"/>, topmost first.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>How the clone shows the ids of its files; null as they are.</summary>
    public MountIdMap? IdMap { get; init; }

    /// <summary>The mount's descriptor.</summary>
    public short Slot { get; set; } = -1;
}

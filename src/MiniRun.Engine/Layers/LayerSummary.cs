namespace MiniRun.Engine.Layers;

/// <summary>What unpacking a layer came to.</summary>
public sealed record LayerSummary
{
    public long Entries { get; init; }

    /// <summary>Bytes of all files, holes included.</summary>
    public long Bytes { get; init; }

    /// <summary>Device nodes that the caller may not make.</summary>
    public long SkippedDevices { get; init; }

    /// <summary>Extended attributes that a layer may not set, or that the caller or the file system may not.</summary>
    public long DroppedAttributes { get; init; }

    /// <summary>Entries that belong to the caller although the layer says otherwise.</summary>
    public long Squashed { get; init; }
}

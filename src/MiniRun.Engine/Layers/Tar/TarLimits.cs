namespace MiniRun.Engine.Layers.Tar;

/// <summary>How much an archive may make minirun read and hold.</summary>
public sealed record TarLimits
{
    /// <summary>Entries, headers about entries included.</summary>
    public long MaxEntries { get; init; } = 4_000_000;

    /// <summary>Bytes of a name or a link's target; the kernel takes no longer ones.</summary>
    public int MaxNameLength { get; init; } = 4095;

    /// <summary>Bytes of all records about one entry, with all its extended attributes.</summary>
    public int MaxRecordBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of the whole archive, and of all files in it with their holes.</summary>
    public long MaxBytes { get; init; } = 64L << 30;
}

using MiniRun.Linux.Files;

namespace MiniRun.Engine.Layers.Tar;

/// <summary>One entry of a tar archive, whatever dialect it was written in. Names are bytes, as the kernel's are.</summary>
internal sealed record TarEntry
{
    public required TarEntryKind Kind { get; init; }

    /// <summary>As it stands in the archive: it may be absolute, hold "..", or end with "/".</summary>
    public required byte[] Name { get; init; }

    /// <summary>What a link points to; empty for anything else.</summary>
    public byte[] LinkName { get; init; } = [];

    /// <summary>Permission bits with setuid, setgid and sticky.</summary>
    public uint Mode { get; init; }

    public uint Uid { get; init; }

    public uint Gid { get; init; }

    /// <summary>The length of the file, holes included, in bytes.</summary>
    public long Size { get; init; }

    public FileTime Modified { get; init; }

    public uint Major { get; init; }

    public uint Minor { get; init; }

    public IReadOnlyList<TarAttribute> Attributes { get; init; } = [];

    /// <summary>Where the file's data are, for one with holes; null for a plain one.</summary>
    public SparseMap? Sparse { get; init; }
}

using MiniRun.Linux.Files;

namespace MiniRun.Engine.Layers;

/// <summary>How a folder is packed.</summary>
public sealed record PackOptions
{
    public PackSource Source { get; init; } = PackSource.Tree;

    /// <summary>Whether block and character devices are left out.</summary>
    public bool SkipsDevices { get; init; }

    public bool SkipsFifos { get; init; }

    public LayerEncoding Encoding { get; init; } = LayerEncoding.Gzip;

    /// <summary>What is left out where it is empty; null for nothing.</summary>
    public MountStubs? Stubs { get; init; }

    /// <summary>No file is said to be newer than this (SOURCE_DATE_EPOCH); null keeps all times.</summary>
    public FileTime? NewestTime { get; init; }

    /// <summary>The id inside a container of one on this host, for users and for groups; by default they are the same.</summary>
    public Func<uint, uint> Uid { get; init; } = static id => id;

    public Func<uint, uint> Gid { get; init; } = static id => id;
}

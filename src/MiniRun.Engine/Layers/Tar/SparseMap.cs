namespace MiniRun.Engine.Layers.Tar;

/// <summary>Where the data of a file with holes are: runs in ascending order that do not overlap, all within the file.</summary>
internal sealed class SparseMap
{
    /// <summary>A map may have this many runs: 16 MiB of memory.</summary>
    public const int MaxSegments = 1 << 20;

    private SparseMap(IReadOnlyList<SparseSegment> segments)
    {
        Segments = segments;
    }

    public IReadOnlyList<SparseSegment> Segments { get; }

    /// <summary>Checks a map against the file's length and against what the archive holds of it.</summary>
    /// <exception cref="TarException">It contradicts either, or itself.</exception>
    public static SparseMap Of(List<SparseSegment> segments, long fileSize, long dataSize)
    {
        long end = 0;
        long data = 0;
        foreach (SparseSegment segment in segments)
        {
            if (segment.Offset < end || segment.Length < 0 || segment.Length > fileSize - segment.Offset)
            {
                throw new TarException("a file's map of holes is out of order or leaves the file");
            }

            end = segment.Offset + segment.Length;
            data += segment.Length;
        }

        return data == dataSize && fileSize >= 0 ? new SparseMap(segments) : throw new TarException($"a file's map of holes speaks of {data} bytes of data and the archive has {dataSize}");
    }

    /// <summary>Adds a run that was read.</summary>
    /// <exception cref="TarException">There are too many.</exception>
    public static void Add(List<SparseSegment> segments, long offset, long length)
    {
        if (segments.Count >= MaxSegments)
        {
            throw new TarException($"a file's map of holes has more than {MaxSegments} entries");
        }

        segments.Add(new SparseSegment(offset, length));
    }
}

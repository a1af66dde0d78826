using MiniRun.Engine.Layers;
using MiniRun.Engine.Layers.Tar;

namespace MiniRun.Engine.Build.Contexts;

/// <summary>Tells tar archives, compressed or not, by their first bytes.</summary>
internal static class ArchiveMagic
{
    /// <summary>As many bytes as <see cref="IsArchive"/> looks at: a tar's first block.</summary>
    internal const int Length = TarHeader.Size;

    /// <exception cref="Linux.MiniRunException">It is compressed in a way that minirun does not read.</exception>
    internal static bool IsArchive(ReadOnlySpan<byte> start) => LayerCompression.Detect(start) != LayerEncoding.Plain || IsTar(start);

    /// <summary>Whether it is a tar's first header: POSIX and GNU ones say so, older ones are told by their checksum.</summary>
    internal static bool IsTar(ReadOnlySpan<byte> block)
    {
        if (block.Length < Length)
        {
            return false;
        }

        TarHeader header = new(block);
        return header.HasMagic || (block[0] != 0 && header.ChecksumIsRight());
    }
}

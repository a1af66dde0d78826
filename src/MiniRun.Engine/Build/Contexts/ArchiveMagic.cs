using MiniRun.Engine.Layers;

namespace MiniRun.Engine.Build.Contexts;

/// <summary>Tells tar archives, compressed or not, by their first bytes.</summary>
internal static class ArchiveMagic
{
    /// <summary>As many bytes as <see cref="IsArchive"/> looks at: a tar's first block.</summary>
    internal const int Length = 512;

    private const int UstarOffset = 257;
    private const int ChecksumOffset = 148;
    private const int ChecksumLength = 8;

    /// <exception cref="Linux.MiniRunException">It is compressed in a way that minirun does not read.</exception>
    internal static bool IsArchive(ReadOnlySpan<byte> start) => LayerCompression.Detect(start) != LayerEncoding.Plain || IsTar(start);

    /// <summary>Whether it is a tar's first header: POSIX and GNU ones say so, older ones are told by their checksum.</summary>
    internal static bool IsTar(ReadOnlySpan<byte> block)
    {
        if (block.Length < Length)
        {
            return false;
        }

        if (block[UstarOffset..].StartsWith("ustar"u8))
        {
            return true;
        }

        int sum = ' ' * ChecksumLength;
        for (int i = 0; i < Length; i++)
        {
            sum += i is >= ChecksumOffset and < ChecksumOffset + ChecksumLength ? 0 : block[i];
        }

        return block[0] != 0 && Octal(block.Slice(ChecksumOffset, ChecksumLength)) == sum;
    }

    private static int Octal(ReadOnlySpan<byte> field)
    {
        int value = 0;
        foreach (byte digit in field.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return -1;
            }

            value = (value * 8) + digit - '0';
        }

        return value;
    }
}

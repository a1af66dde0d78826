using System.Buffers.Binary;

namespace MiniRun.Linux.Seccomp;

/// <summary>
/// A cache file: magic, format, lengths of key and program, the hash of both, the key, the program. All of it must be
/// right, or the entry counts as missing.
/// </summary>
internal static class CacheEntry
{
    private const uint Magic = 0x4653524d; // "MRSF"
    private const uint Format = 1;
    private const int HeaderSize = 32;
    private const int HashOffset = 16;

    /// <summary>The largest entry that is written or read, in bytes.</summary>
    public const int LargestEntry = 1 << 20;

    public static byte[] Encode(ReadOnlySpan<byte> key, ReadOnlySpan<byte> program)
    {
        byte[] entry = new byte[HeaderSize + key.Length + program.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(4), Format);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(8), key.Length);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(12), program.Length);
        key.CopyTo(entry.AsSpan(HeaderSize));
        program.CopyTo(entry.AsSpan(HeaderSize + key.Length));
        (ulong high, ulong low) = ContentHash.Compute(entry.AsSpan(HeaderSize));
        BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(HashOffset), high);
        BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(HashOffset + 8), low);
        return entry;
    }

    /// <summary>The program, or null if anything is wrong or the key is another one.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> key)
    {
        if (entry.Length < HeaderSize
            || BinaryPrimitives.ReadUInt32LittleEndian(entry) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]) != Format
            || BinaryPrimitives.ReadInt32LittleEndian(entry[8..]) != key.Length)
        {
            return null;
        }

        int programLength = BinaryPrimitives.ReadInt32LittleEndian(entry[12..]);
        if (programLength is <= 0 or > SeccompCompiler.LargestProgram || programLength % SeccompCompiler.InstructionSize != 0
            || entry.Length != HeaderSize + key.Length + programLength)
        {
            return null;
        }

        (ulong high, ulong low) = ContentHash.Compute(entry[HeaderSize..]);
        bool intact = BinaryPrimitives.ReadUInt64LittleEndian(entry[HashOffset..]) == high
            && BinaryPrimitives.ReadUInt64LittleEndian(entry[(HashOffset + 8)..]) == low;
        return intact && entry.Slice(HeaderSize, key.Length).SequenceEqual(key) ? entry[^programLength..].ToArray() : null;
    }
}

using System.Buffers.Binary;

namespace MiniRun.Linux.Seccomp;

/// <summary>
/// A fast 128-bit hash (multiply and fold, as wyhash does). It names cache entries and finds torn ones; it protects against
/// nobody: entries lie in a folder only we can write and are compared in full. SHA-256 would link libcrypto into minirun-oci.
/// </summary>
internal static class ContentHash
{
    private const ulong Seed1 = 0xa0761d6478bd642f;
    private const ulong Seed2 = 0xe7037ed1a0b428db;
    private const ulong Seed3 = 0x8ebc6af09c88c6e3;
    private const ulong Seed4 = 0x589965cc75374cc3;
    private const int Block = 2 * sizeof(ulong);

    public static (ulong High, ulong Low) Compute(ReadOnlySpan<byte> bytes)
    {
        ulong high = Seed1 ^ (ulong)bytes.Length;
        ulong low = Seed2;
        while (bytes.Length >= Block)
        {
            Mix(ref high, ref low, bytes);
            bytes = bytes[Block..];
        }

        Span<byte> last = stackalloc byte[Block];
        last.Clear();
        bytes.CopyTo(last);
        Mix(ref high, ref low, last);
        return (Fold(high ^ Seed2, low ^ Seed3), Fold(low ^ Seed1, high ^ Seed4));
    }

    private static void Mix(ref ulong high, ref ulong low, ReadOnlySpan<byte> block)
    {
        ulong first = BinaryPrimitives.ReadUInt64LittleEndian(block);
        ulong second = BinaryPrimitives.ReadUInt64LittleEndian(block[sizeof(ulong)..]);
        high = Fold(first ^ Seed3 ^ high, second ^ Seed1 ^ ulong.RotateLeft(high, 23));
        low = Fold(first ^ Seed2 ^ ulong.RotateLeft(low, 41), second ^ Seed4 ^ low);
    }

    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);

        // Adding what was multiplied keeps the state alive where a factor is 0.
        return high ^ low ^ ulong.RotateLeft(a + b, 17);
    }
}

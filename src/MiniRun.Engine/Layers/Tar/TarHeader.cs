namespace MiniRun.Engine.Layers.Tar;

/// <summary>A header block by its fields (POSIX 1003.1 ustar; GNU tar manual, "Basic Tar Format").</summary>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    public const int Size = 512;

    private readonly ReadOnlySpan<byte> _block = block;

    public byte Type => _block[156];

    /// <summary>Whether its magic says POSIX or GNU tar; older ones have none.</summary>
    public bool HasMagic => _block.Slice(257, 5).SequenceEqual("ustar"u8);

    public bool IsZero => !_block.ContainsAnyExcept((byte)0);

    /// <summary>Sparse maps of GNU's old format: four of 24 bytes, then whether more blocks of them follow.</summary>
    public ReadOnlySpan<byte> SparseSlots => _block.Slice(386, 96);

    public bool SparseGoesOn => _block[482] != 0;

    public long SparseRealSize => TarNumber.Parse(_block.Slice(483, 12), "real size");

    public long DataSize => TarNumber.Parse(_block.Slice(124, 12), "size");

    public long Mode => TarNumber.Parse(_block.Slice(100, 8), "mode");

    public long Uid => TarNumber.Parse(_block.Slice(108, 8), "uid");

    public long Gid => TarNumber.Parse(_block.Slice(116, 8), "gid");

    public long Modified => TarNumber.Parse(_block.Slice(136, 12), "mtime");

    // The device fields came with ustar; before it these bytes held anything.
    public long Major => HasMagic ? TarNumber.Parse(_block.Slice(329, 8), "device number") : 0;

    public long Minor => HasMagic ? TarNumber.Parse(_block.Slice(337, 8), "device number") : 0;

    public byte[] LinkName => Text(157, 100).ToArray();

    public byte[] Name
    {
        get
        {
            ReadOnlySpan<byte> name = Text(0, 100);
            ReadOnlySpan<byte> prefix = IsUstar ? Text(345, IsStar ? 131 : 155) : [];
            return prefix.Length == 0 ? name.ToArray() : [.. prefix, (byte)'/', .. name];
        }
    }

    private bool IsUstar => Text(257, 6).SequenceEqual("ustar"u8);

    private bool IsStar => _block.Slice(508, 4).SequenceEqual("tar\0"u8);

    /// <summary>Whether the sum of all bytes, its own field taken for blanks, is what the header says; old tars summed signed bytes.</summary>
    public bool ChecksumIsRight()
    {
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < _block.Length; i++)
        {
            byte value = i is >= 148 and < 156 ? (byte)' ' : _block[i];
            unsigned += value;
            signed += (sbyte)value;
        }

        return TarNumber.TryParseOctal(_block.Slice(148, 8)) is { } said && (said == unsigned || said == signed);
    }

    private ReadOnlySpan<byte> Text(int offset, int length)
    {
        ReadOnlySpan<byte> field = _block.Slice(offset, length);
        int end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }
}

namespace MiniRun.Engine.Layers.Tar;

/// <summary>Reads the maps of holes that stand outside PAX records (GNU tar manual, "Storing Sparse Files").</summary>
internal static class SparseMapReader
{
    private const int SlotSize = 24;
    private const int SlotsInExtension = 21;
    private const int ExtensionFlag = SlotSize * SlotsInExtension;

    /// <summary>GNU's old format: slots in the header, and in as many blocks after it as say that another follows.</summary>
    /// <exception cref="TarException">It is no map.</exception>
    public static List<SparseSegment> ReadOld(TarHeader header, TarBlocks blocks)
    {
        List<SparseSegment> segments = [];
        ReadSlots(header.SparseSlots, segments);
        bool more = header.SparseGoesOn;
        while (more)
        {
            ReadOnlySpan<byte> block = blocks.Take(TarHeader.Size);
            if (block.IsEmpty)
            {
                throw blocks.Truncated();
            }

            ReadSlots(block[..ExtensionFlag], segments);
            more = block[ExtensionFlag] != 0;
        }

        return segments;
    }

    /// <summary>Format 1.0: the entry's data begin with decimal lines (count, then offset and length of each), filled up to whole blocks.</summary>
    /// <exception cref="TarException">It is no map.</exception>
    public static List<SparseSegment> ReadInData(TarBlocks blocks, ref long dataLeft)
    {
        DecimalLines lines = new(blocks, dataLeft);
        long count = lines.Next();
        if (count > SparseMap.MaxSegments)
        {
            throw new TarException($"a file's map of holes has more than {SparseMap.MaxSegments} entries");
        }

        List<SparseSegment> segments = [];
        for (long i = 0; i < count; i++)
        {
            long offset = lines.Next();
            segments.Add(new SparseSegment(offset, lines.Next()));
        }

        dataLeft = lines.DataLeft;
        return segments;
    }

    private static void ReadSlots(ReadOnlySpan<byte> slots, List<SparseSegment> segments)
    {
        for (; slots.Length >= SlotSize && slots[0] != 0; slots = slots[SlotSize..])
        {
            SparseMap.Add(segments, TarNumber.Parse(slots[..12], "offset"), TarNumber.Parse(slots[12..24], "length"));
        }
    }

    /// <summary>Numbers, one a line, from data that are taken block by block.</summary>
    private ref struct DecimalLines(TarBlocks blocks, long dataLeft)
    {
        private ReadOnlySpan<byte> _block;

        public long DataLeft { get; private set; } = dataLeft;

        public long Next()
        {
            Span<byte> digits = stackalloc byte[20];
            for (int length = 0; length < digits.Length; length++)
            {
                byte next = NextByte();
                if (next == '\n')
                {
                    return TarNumber.ParseDecimal(digits[..length], "map of holes");
                }

                digits[length] = next;
            }

            throw new TarException("a file's map of holes has a number that is too long");
        }

        private byte NextByte()
        {
            if (_block.IsEmpty)
            {
                _block = DataLeft >= TarHeader.Size ? blocks.Take(TarHeader.Size) : [];
                DataLeft -= TarHeader.Size;
                if (_block.IsEmpty)
                {
                    throw new TarException("a file's map of holes goes beyond its data");
                }
            }

            byte next = _block[0];
            _block = _block[1..];
            return next;
        }
    }
}

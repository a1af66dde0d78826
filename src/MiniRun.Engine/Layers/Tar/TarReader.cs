namespace MiniRun.Engine.Layers.Tar;

/// <summary>
/// Reads tar archives of every dialect that layers come in: v7, ustar, PAX, GNU with long names and all four ways to keep
/// holes. Not System.Formats.Tar, which takes names and extended attributes for UTF-8 text (a file capability is bytes) and
/// refuses files with holes. Reads as Go's archive/tar does wherever the dialects leave a choice, so that an image means the
/// same here as for those who made it.
/// </summary>
internal sealed class TarReader(Stream source, TarLimits limits)
{
    private readonly TarBlocks _blocks = new(source, limits.MaxBytes);
    private long _dataLeft;
    private long _padding;
    private long _headers;
    private long _recordBytes;

    /// <summary>Bytes of the archive read so far.</summary>
    public long Position => _blocks.Position;

    /// <summary>The next entry; null at the end of the archive.</summary>
    /// <exception cref="TarException">It is none, or larger than allowed.</exception>
    public TarEntry? Next()
    {
        PaxRecords? records = null;
        byte[]? longName = null;
        byte[]? longLink = null;
        _recordBytes = 0;
        while (true)
        {
            SkipData();
            ReadOnlySpan<byte> block = _blocks.Take(TarHeader.Size);
            TarHeader header = new(block);
            if (block.IsEmpty || header.IsZero)
            {
                return End(block.IsEmpty, records is not null || longName is not null || longLink is not null);
            }

            CheckHeader(header);
            switch (header.Type)
            {
                case (byte)'x':
                    records ??= new PaxRecords();
                    records.Read(TakeRecords(header));
                    break;
                case (byte)'L':
                    longName = TakeLongName(header);
                    break;
                case (byte)'K':
                    longLink = TakeLongName(header);
                    break;
                case (byte)'g':
                case (byte)'V':
                    // Go hands global records to its caller and docker ignores them; a volume's label is no file.
                    BeginData(header.DataSize);
                    break;
                default:
                    return Read(header, records, longName, longLink);
            }
        }
    }

    /// <summary>More of the entry's data as the archive holds them, without holes; empty at their end. They hold until the next call.</summary>
    /// <exception cref="TarException">The archive ends within them.</exception>
    public ReadOnlySpan<byte> NextData(long most = long.MaxValue)
    {
        if (_dataLeft == 0)
        {
            return [];
        }

        ReadOnlySpan<byte> data = _blocks.TakeSome(Math.Min(most, _dataLeft));
        _dataLeft -= data.Length;
        return data;
    }

    /// <summary>Reads what comes after the archive's end, up to the end of the stream.</summary>
    /// <exception cref="TarException">More comes than is allowed.</exception>
    public void Drain() => _blocks.Drain();

    private TarEntry Read(TarHeader header, PaxRecords? records, byte[]? longName, byte[]? longLink)
    {
        byte[] name = CheckName(records?.SparseName ?? records?.Path ?? longName ?? header.Name);
        TarEntryKind kind = KindOf(header.Type, name);

        // As in Go and in GNU tar, a link or a node has no data, whatever size its header says.
        long dataSize = kind == TarEntryKind.File ? records?.Size ?? header.DataSize : 0;
        TarEntry entry = new()
        {
            Kind = kind,
            Name = name,
            LinkName = kind is TarEntryKind.HardLink or TarEntryKind.SymbolicLink ? CheckName(records?.LinkPath ?? longLink ?? header.LinkName) : [],
            Mode = (uint)header.Mode & Linux.Files.FileModes.PermissionBits,
            Uid = Id(records?.Uid ?? header.Uid, "uid"),
            Gid = Id(records?.Gid ?? header.Gid, "gid"),
            Modified = records?.Modified ?? new(header.Modified, 0),
            Major = kind is TarEntryKind.CharacterDevice or TarEntryKind.BlockDevice ? Id(header.Major, "device number") : 0,
            Minor = kind is TarEntryKind.CharacterDevice or TarEntryKind.BlockDevice ? Id(header.Minor, "device number") : 0,
            Attributes = records?.Attributes ?? [],
            Size = dataSize,
        };
        if (header.Type == 'S' || (kind == TarEntryKind.File && records is { IsSparse: true }))
        {
            return ReadSparse(entry, header, dataSize, records);
        }

        BeginData(dataSize);
        return entry;
    }

    private TarEntry ReadSparse(TarEntry entry, TarHeader header, long dataSize, PaxRecords? records)
    {
        if (header.Type == 'S')
        {
            // The header's block is overwritten as soon as more blocks are read.
            long realSize = header.SparseRealSize;
            List<SparseSegment> old = SparseMapReader.ReadOld(header, _blocks);
            BeginData(dataSize);
            return entry with { Size = realSize, Sparse = SparseMap.Of(old, realSize, dataSize) };
        }

        BeginData(dataSize);
        long size = records!.SparseRealSize ?? throw new TarException("a file with holes does not say how long it is");
        List<SparseSegment> segments = records.SparseMajor >= 1 ? SparseMapReader.ReadInData(_blocks, ref _dataLeft) : records.SparseSegments;
        return entry with { Size = size, Sparse = SparseMap.Of(segments, size, _dataLeft) };
    }

    /// <summary>Two blocks of zeros end an archive; so does the end of the stream between two entries.</summary>
    private TarEntry? End(bool streamEnded, bool headerPending)
    {
        if (headerPending)
        {
            throw new TarException("it ends where an entry was announced");
        }

        ReadOnlySpan<byte> second = streamEnded ? [] : _blocks.Take(TarHeader.Size);
        return second.IsEmpty || new TarHeader(second).IsZero ? null : throw new TarException($"a block of zeros at byte {Position - (2 * TarHeader.Size)} is not followed by another");
    }

    private void CheckHeader(TarHeader header)
    {
        if (++_headers > limits.MaxEntries)
        {
            throw new TarException($"it has more than {limits.MaxEntries} entries");
        }

        if (!header.ChecksumIsRight())
        {
            throw new TarException($"the checksum of the header at byte {Position - TarHeader.Size} is wrong");
        }
    }

    private byte[] CheckName(byte[] name) =>
        name.Length <= limits.MaxNameLength ? name : throw new TarException($"a name of {name.Length} bytes is longer than the {limits.MaxNameLength} that are allowed");

    private byte[] TakeLongName(TarHeader header)
    {
        ReadOnlySpan<byte> text = TakeRecords(header);
        int end = text.IndexOf((byte)0);
        return CheckName((end < 0 ? text : text[..end]).ToArray());
    }

    private ReadOnlySpan<byte> TakeRecords(TarHeader header)
    {
        // All headers about one entry together: any number of them may stand before it, and what they say is held until it comes.
        long size = header.DataSize;
        if (size < 0 || size > limits.MaxRecordBytes - _recordBytes)
        {
            throw new TarException($"the records about an entry are {(size < 0 ? size : _recordBytes + size)} bytes; at most {limits.MaxRecordBytes} are allowed");
        }

        _recordBytes += size;
        byte[] records = new byte[size];
        BeginData(size);
        for (int at = 0; at < records.Length;)
        {
            ReadOnlySpan<byte> some = NextData();
            some.CopyTo(records.AsSpan(at));
            at += some.Length;
        }

        return records;
    }

    private void BeginData(long size)
    {
        if (size < 0)
        {
            throw new TarException($"the header at byte {Position - TarHeader.Size} has a negative size");
        }

        _dataLeft = size;
        _padding = -size & (TarHeader.Size - 1);
    }

    private void SkipData()
    {
        _blocks.Skip(_dataLeft);
        _dataLeft = 0;

        // The whole of it may be missing at the end: what Go's writer leaves where nobody closes it (umoci insert), and its reader takes.
        _blocks.Take((int)_padding);
        _padding = 0;
    }

    private static TarEntryKind KindOf(byte type, byte[] name) => type switch
    {
        0 or (byte)'0' => name is [.., (byte)'/'] ? TarEntryKind.Directory : TarEntryKind.File,
        (byte)'1' => TarEntryKind.HardLink,
        (byte)'2' => TarEntryKind.SymbolicLink,
        (byte)'3' => TarEntryKind.CharacterDevice,
        (byte)'4' => TarEntryKind.BlockDevice,
        (byte)'5' => TarEntryKind.Directory,
        (byte)'6' => TarEntryKind.Fifo,
        (byte)'7' or (byte)'S' => TarEntryKind.File,
        _ => throw new TarException($"'{Linux.Files.FolderEntry.Shown(name)}' is of type {type}, which minirun does not know"),
    };

    /// <summary>An id or device number. The largest is none: the kernel takes it for "leave as it is".</summary>
    private static uint Id(long value, string what) =>
        value is >= 0 and < uint.MaxValue ? (uint)value : throw new TarException($"a {what} of {value} is out of range");
}

using MiniRun.Linux.Files;

namespace MiniRun.Engine.Layers.Tar;

/// <summary>What the PAX header before an entry says of it; it overrides the entry's own header (POSIX pax, GNU sparse formats 0.0, 0.1 and 1.0).</summary>
internal sealed class PaxRecords
{
    private static ReadOnlySpan<byte> AttributePrefix => "SCHILY.xattr."u8;

    public byte[]? Path { get; private set; }

    public byte[]? LinkPath { get; private set; }

    public long? Size { get; private set; }

    public long? Uid { get; private set; }

    public long? Gid { get; private set; }

    public FileTime? Modified { get; private set; }

    public List<TarAttribute> Attributes { get; } = [];

    /// <summary>The name of a file with holes: "path" holds another, for readers that do not know them.</summary>
    public byte[]? SparseName { get; private set; }

    public long? SparseRealSize { get; private set; }

    public long SparseMajor { get; private set; }

    public bool IsSparse { get; private set; }

    public List<SparseSegment> SparseSegments { get; } = [];

    /// <summary>Takes in a header's records, each "LENGTH KEY=VALUE\n" with the length of all of it.</summary>
    /// <exception cref="TarException">They are none.</exception>
    public void Read(ReadOnlySpan<byte> records)
    {
        while (records.Length > 0)
        {
            int space = records[..Math.Min(records.Length, 20)].IndexOf((byte)' ');
            long length = space <= 0 ? 0 : TarNumber.ParseDecimal(records[..space], "length");
            if (length <= space + 1 || length > records.Length || records[(int)length - 1] != '\n')
            {
                throw new TarException("a PAX record's length is wrong");
            }

            ReadOnlySpan<byte> record = records[(space + 1)..((int)length - 1)];
            int equals = record.IndexOf((byte)'=');
            if (equals <= 0)
            {
                throw new TarException("a PAX record has no key");
            }

            Take(record[..equals], record[(equals + 1)..]);
            records = records[(int)length..];
        }
    }

    private void Take(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.StartsWith(AttributePrefix))
        {
            Attributes.Add(new TarAttribute(Text(key[AttributePrefix.Length..]), value.ToArray()));
        }
        else if (key.StartsWith("GNU.sparse."u8))
        {
            TakeSparse(key["GNU.sparse.".Length..], value);
        }
        else if (key.SequenceEqual("path"u8))
        {
            // An empty value takes back what the header before said (POSIX); then the entry's own header counts.
            Path = value.IsEmpty ? null : Text(value);
        }
        else if (key.SequenceEqual("linkpath"u8))
        {
            LinkPath = value.IsEmpty ? null : Text(value);
        }
        else if (key.SequenceEqual("size"u8))
        {
            Size = value.IsEmpty ? null : TarNumber.ParseDecimal(value, "size");
        }
        else if (key.SequenceEqual("uid"u8))
        {
            Uid = value.IsEmpty ? null : TarNumber.ParseDecimal(value, "uid");
        }
        else if (key.SequenceEqual("gid"u8))
        {
            Gid = value.IsEmpty ? null : TarNumber.ParseDecimal(value, "gid");
        }
        else if (key.SequenceEqual("mtime"u8))
        {
            Modified = value.IsEmpty ? null : TarNumber.ParseTime(value, "mtime");
        }
    }

    private void TakeSparse(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        IsSparse = true;
        if (key.SequenceEqual("name"u8))
        {
            SparseName = Text(value);
        }
        else if (key.SequenceEqual("major"u8))
        {
            SparseMajor = TarNumber.ParseDecimal(value, "GNU.sparse.major");
        }
        else if (key.SequenceEqual("size"u8) || key.SequenceEqual("realsize"u8))
        {
            SparseRealSize = TarNumber.ParseDecimal(value, "GNU.sparse.size");
        }
        else if (key.SequenceEqual("offset"u8))
        {
            SparseMap.Add(SparseSegments, TarNumber.ParseDecimal(value, "GNU.sparse.offset"), 0);
        }
        else if (key.SequenceEqual("numbytes"u8))
        {
            if (SparseSegments.Count == 0)
            {
                throw new TarException("a file's map of holes has a length before its offset");
            }

            SparseSegments[^1] = SparseSegments[^1] with { Length = TarNumber.ParseDecimal(value, "GNU.sparse.numbytes") };
        }
        else if (key.SequenceEqual("map"u8))
        {
            TakeMap(value);
        }
    }

    /// <summary>Format 0.1: "offset,length,offset,length…".</summary>
    private void TakeMap(ReadOnlySpan<byte> map)
    {
        while (map.Length > 0)
        {
            long offset = TakeNumber(ref map);
            SparseMap.Add(SparseSegments, offset, TakeNumber(ref map));
        }
    }

    private static long TakeNumber(ref ReadOnlySpan<byte> map)
    {
        int comma = map.IndexOf((byte)',');
        long number = TarNumber.ParseDecimal(comma < 0 ? map : map[..comma], "GNU.sparse.map");
        map = comma < 0 ? [] : map[(comma + 1)..];
        return number;
    }

    private static byte[] Text(ReadOnlySpan<byte> value) =>
        value.Contains((byte)0) ? throw new TarException("a name in a PAX record holds a NUL byte") : value.ToArray();
}

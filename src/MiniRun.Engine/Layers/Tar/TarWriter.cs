using System.Globalization;
using System.Text;

namespace MiniRun.Engine.Layers.Tar;

/// <summary>Writes tar archives in the PAX format: plain ustar headers, with a PAX header before those entries that need one. What is behind stays open.</summary>
internal sealed class TarWriter(Stream target)
{
    /// <summary>The largest numbers of seven and of eleven octal digits.</summary>
    private const long LargestId = 0x1fffff;
    private const long LargestSize = 0x1ffffffff;

    private long _dataLeft;
    private int _padding;

    /// <summary>Begins an entry; as much as its size of data follows.</summary>
    public void WriteEntry(TarEntry entry)
    {
        FinishEntry();
        byte[] records = Records(entry);
        if (records.Length > 0)
        {
            WriteHeader(new TarEntry { Kind = TarEntryKind.File, Name = "PaxHeaders.0/entry"u8.ToArray(), Size = records.Length }, (byte)'x');
            WriteData(records);
            FinishEntry();
        }

        WriteHeader(entry, TypeOf(entry.Kind));
    }

    public void WriteData(ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, _dataLeft);
        _dataLeft -= data.Length;
        target.Write(data);
    }

    /// <summary>Writes the archive's end.</summary>
    public void Finish()
    {
        FinishEntry();
        target.Write(new byte[2 * TarHeader.Size]);
    }

    private void FinishEntry()
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(_dataLeft, 0);
        Span<byte> zeros = stackalloc byte[TarHeader.Size];
        zeros.Clear();
        target.Write(zeros[.._padding]);
        _padding = 0;
    }

    private void WriteHeader(TarEntry entry, byte type)
    {
        Span<byte> block = stackalloc byte[TarHeader.Size];
        block.Clear();
        Put(block[..100], entry.Name);
        Octal(block.Slice(100, 8), entry.Mode);
        Octal(block.Slice(108, 8), entry.Uid <= LargestId ? entry.Uid : 0);
        Octal(block.Slice(116, 8), entry.Gid <= LargestId ? entry.Gid : 0);
        Octal(block.Slice(124, 12), entry.Size <= LargestSize ? entry.Size : 0);
        Octal(block.Slice(136, 12), entry.Modified.Seconds is >= 0 and <= LargestSize ? entry.Modified.Seconds : 0);
        block[156] = type;
        Put(block.Slice(157, 100), entry.LinkName);
        Put(block.Slice(257, 8), "ustar\0"u8);
        "00"u8.CopyTo(block[263..]);
        Octal(block.Slice(329, 8), entry.Major);
        Octal(block.Slice(337, 8), entry.Minor);
        Checksum(block);
        target.Write(block);
        _dataLeft = entry.Kind == TarEntryKind.File ? entry.Size : 0;
        _padding = (int)(-_dataLeft & (TarHeader.Size - 1));
    }

    /// <summary>What does not fit into the header, as PAX records in the order of their keys.</summary>
    private static byte[] Records(TarEntry entry)
    {
        MemoryStream records = new();
        foreach (TarAttribute attribute in entry.Attributes)
        {
            Record(records, [.. "SCHILY.xattr."u8, .. attribute.Name], attribute.Value);
        }

        Number(records, "gid"u8, entry.Gid, LargestId);
        Text(records, "linkpath"u8, entry.LinkName);
        Number(records, "mtime"u8, entry.Modified.Seconds, LargestSize);
        Text(records, "path"u8, entry.Name);
        Number(records, "size"u8, entry.Size, LargestSize);
        Number(records, "uid"u8, entry.Uid, LargestId);
        return records.ToArray();
    }

    private static void Number(MemoryStream records, ReadOnlySpan<byte> key, long value, long largest)
    {
        if (value < 0 || value > largest)
        {
            Record(records, key, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static void Text(MemoryStream records, ReadOnlySpan<byte> key, byte[] value)
    {
        if (value.Length > 100 || value.AsSpan().ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            Record(records, key, value);
        }
    }

    /// <summary>"LENGTH KEY=VALUE\n", where the length counts its own digits.</summary>
    private static void Record(MemoryStream records, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        int rest = key.Length + value.Length + 3;
        int length = rest + Digits(rest);
        length = rest + Digits(length);
        records.Write(Encoding.ASCII.GetBytes(length.ToString(CultureInfo.InvariantCulture)));
        records.WriteByte((byte)' ');
        records.Write(key);
        records.WriteByte((byte)'=');
        records.Write(value);
        records.WriteByte((byte)'\n');
    }

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;

    private static void Put(Span<byte> field, ReadOnlySpan<byte> text) => text[..Math.Min(text.Length, field.Length)].CopyTo(field);

    /// <summary>Leading zeros, and a NUL at the end.</summary>
    private static void Octal(Span<byte> field, long value)
    {
        for (int i = field.Length - 2; i >= 0; i--)
        {
            field[i] = (byte)('0' + (value & 7));
            value >>= 3;
        }
    }

    private static void Checksum(Span<byte> block)
    {
        block.Slice(148, 8).Fill((byte)' ');
        long sum = 0;
        foreach (byte value in block)
        {
            sum += value;
        }

        Octal(block.Slice(148, 7), sum);
    }

    private static byte TypeOf(TarEntryKind kind) => kind switch
    {
        TarEntryKind.File => (byte)'0',
        TarEntryKind.HardLink => (byte)'1',
        TarEntryKind.SymbolicLink => (byte)'2',
        TarEntryKind.CharacterDevice => (byte)'3',
        TarEntryKind.BlockDevice => (byte)'4',
        TarEntryKind.Directory => (byte)'5',
        _ => (byte)'6',
    };
}

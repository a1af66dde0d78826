using System.Text;

namespace MiniRun.Engine.Tests.Layers;

/// <summary>Writes tars by hand, so that a test can write what no tar program would.</summary>
internal sealed class TarBuilder
{
    private readonly List<byte> _tar = [];

    public byte[] Bytes => [.. _tar, .. new byte[1024]];

    public byte[] BytesWithoutEnd => [.. _tar];

    public TarBuilder File(string name, string contents = "", int mode = 0x1a4, byte type = (byte)'0') => Entry(type, name, mode: mode, data: Encoding.UTF8.GetBytes(contents));

    public TarBuilder Folder(string name, int mode = 0x1ed) => Entry((byte)'5', name, mode: mode);

    public TarBuilder Symlink(string name, string target) => Entry((byte)'2', name, link: target, mode: 0x1ff);

    public TarBuilder Hardlink(string name, string target) => Entry((byte)'1', name, link: target);

    public TarBuilder Device(string name, uint major, uint minor, byte type = (byte)'3') => Entry(type, name, major: major, minor: minor);

    /// <summary>A header about the next entry, of "key=value" records.</summary>
    public TarBuilder Pax(params string[] records) => Records((byte)'x', [.. records.Select(record => Encoding.Latin1.GetBytes(record))]);

    public TarBuilder Records(byte type, params byte[][] records)
    {
        List<byte> data = [];
        foreach (byte[] record in records)
        {
            int length = record.Length + 3;
            while ($"{length}".Length + record.Length + 2 != length)
            {
                length = $"{length}".Length + record.Length + 2;
            }

            data.AddRange([.. Encoding.ASCII.GetBytes($"{length} "), .. record, (byte)'\n']);
        }

        return Entry(type, "PaxHeaders/x", data: [.. data]);
    }

    public TarBuilder Raw(byte[] bytes)
    {
        _tar.AddRange(bytes);
        return this;
    }

    /// <summary>An entry; change edits the header before its checksum is put in.</summary>
    public TarBuilder Entry(byte type, string name, string link = "", int mode = 0x1a4, byte[]? data = null, uint major = 0, uint minor = 0, Action<byte[]>? change = null, string magic = "ustar\000")
    {
        byte[] header = new byte[512];
        Put(header, 0, Encoding.Latin1.GetBytes(name));
        Put(header, 100, Octal(mode, 7));
        Put(header, 108, Octal(Ids.Uid, 7));
        Put(header, 116, Octal(Ids.Gid, 7));
        Put(header, 124, Octal(data?.Length ?? 0, 11));
        Put(header, 136, Octal(1_600_000_000, 11));
        header[156] = type;
        Put(header, 157, Encoding.Latin1.GetBytes(link));
        Put(header, 257, Encoding.Latin1.GetBytes(magic));
        Put(header, 329, Octal(major, 7));
        Put(header, 337, Octal(minor, 7));
        change?.Invoke(header);
        Seal(header);
        _tar.AddRange(header);
        _tar.AddRange(data ?? []);
        _tar.AddRange(new byte[-(data?.Length ?? 0) & 511]);
        return this;
    }

    public static void Seal(byte[] header)
    {
        header.AsSpan(148, 8).Fill((byte)' ');
        Put(header, 148, Octal(header.Sum(b => b), 6));
        header[154] = 0;
    }

    public static void Put(byte[] header, int offset, byte[] value) => value.CopyTo(header, offset);

    public static byte[] Octal(long value, int digits) => Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(digits, '0'));
}

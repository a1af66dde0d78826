using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MiniRun.Linux.Seccomp;

/// <summary>Everything a compiled filter depends on, as bytes. The flags of seccomp(2) are not among it: they are not compiled in.</summary>
internal sealed class CacheKey
{
    private byte[] _bytes = new byte[16 << 10];
    private int _length;

    private CacheKey()
    {
    }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>The entry's file name: the key's hash in hexadecimal.</summary>
    public string FileName()
    {
        (ulong high, ulong low) = ContentHash.Compute(Bytes);
        return high.ToString("x16", CultureInfo.InvariantCulture) + low.ToString("x16", CultureInfo.InvariantCulture);
    }

    public static CacheKey Of(ResolvedFilter filter, string libraryVersion, string buildId)
    {
        CacheKey key = new();
        key.Add(libraryVersion);
        key.Add(buildId);
        key.Add(filter.DefaultAction);
        key.Add((uint)filter.Architectures.Count);
        foreach (uint architecture in filter.Architectures)
        {
            key.Add(architecture);
        }

        foreach (ResolvedRule rule in filter.Rules)
        {
            key.Add(rule);
        }

        return key;
    }

    private void Add(in ResolvedRule rule)
    {
        Add(rule.Action);
        Add((uint)rule.Arguments.Count);
        foreach (ResolvedArgument argument in rule.Arguments)
        {
            Add(argument.Index);
            Add((uint)argument.Operator);
            Add(argument.Value);
            Add(argument.ValueTwo);
        }

        Add((uint)rule.Names.Count);
        foreach (string name in rule.Names)
        {
            Add(name);
        }
    }

    private void Add(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);
        _length += sizeof(uint);
    }

    private void Add(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), value);
        _length += sizeof(ulong);
    }

    /// <summary>With its length before it, so that no two lists of texts look alike.</summary>
    private void Add(string text)
    {
        int count = Encoding.UTF8.GetByteCount(text);
        Add((uint)count);
        Encoding.UTF8.GetBytes(text, Reserve(count));
        _length += count;
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }

        return _bytes.AsSpan(_length, count);
    }
}

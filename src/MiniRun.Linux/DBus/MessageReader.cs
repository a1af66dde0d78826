using System.Buffers.Binary;
using System.Text;

namespace MiniRun.Linux.DBus;

/// <summary>Reads what <see cref="MessageWriter"/> writes, from a peer that is not trusted: nothing is read beyond the end.</summary>
/// <param name="bytes">From a place that is a multiple of eight in the message.</param>
public ref struct MessageReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly bool AtEnd => _position >= _bytes.Length;

    /// <exception cref="MiniRunException">The message ends before.</exception>
    public byte Byte() => Take(1)[0];

    /// <exception cref="MiniRunException">The message ends before.</exception>
    public uint UInt32()
    {
        Align(sizeof(uint));
        return BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
    }

    /// <summary>A string or an object path.</summary>
    /// <exception cref="MiniRunException">The message ends before, or it is no text.</exception>
    public string String()
    {
        uint length = UInt32();
        return Text(length);
    }

    /// <exception cref="MiniRunException">The message ends before.</exception>
    public string Signature() => Text(Byte());

    /// <summary>The value of a variant of one of the types of header fields and of what is asked for here.</summary>
    /// <exception cref="MiniRunException">The message ends before, or the variant is of another type.</exception>
    public object Variant() => Signature() switch
    {
        "s" or "o" => String(),
        "g" => Signature(),
        "u" => UInt32(),
        string other => throw new MiniRunException($"D-Bus: a value of type {OneLine.Of(other)} was not expected"),
    };

    public void Align(int size)
    {
        int padding = -_position & (size - 1);
        Take(padding);
    }

    private string Text(uint length)
    {
        if (length > _bytes.Length)
        {
            throw CutOff();
        }

        ReadOnlySpan<byte> text = Take((int)length);
        Take(1);
        return Encoding.UTF8.GetString(text);
    }

    private ReadOnlySpan<byte> Take(int size)
    {
        if (size > _bytes.Length - _position)
        {
            throw CutOff();
        }

        _position += size;
        return _bytes.Slice(_position - size, size);
    }

    private static MiniRunException CutOff() => new("D-Bus: a message ends too early");
}

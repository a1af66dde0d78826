using System.Buffers.Binary;
using System.Text;

namespace MiniRun.Linux.DBus;

/// <summary>Values as D-Bus writes them, little endian, each at a multiple of its own size (D-Bus Specification, "Marshaling (Wire Format)").</summary>
public sealed class MessageWriter
{
    private byte[] _bytes = new byte[512];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Byte(byte value) => Room(1)[0] = value;

    public void Boolean(bool value) => UInt32(value ? 1u : 0u);

    public void UInt32(uint value)
    {
        Align(sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(Room(sizeof(uint)), value);
    }

    public void UInt64(ulong value)
    {
        Align(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(Room(sizeof(ulong)), value);
    }

    /// <summary>A string or an object path.</summary>
    /// <exception cref="MiniRunException">It holds a NUL, or is no text.</exception>
    public void String(string value)
    {
        byte[] text = Encoded(value);
        UInt32((uint)text.Length);
        text.CopyTo(Room(text.Length));
        Byte(0);
    }

    public void Signature(string value)
    {
        Byte((byte)value.Length);
        Encoding.ASCII.GetBytes(value, Room(value.Length));
        Byte(0);
    }

    /// <summary>A variant; the value's .NET type says which of D-Bus's it is.</summary>
    /// <exception cref="MiniRunException">A string cannot be sent.</exception>
    public void Variant(object value)
    {
        Signature(SignatureOf(value));
        Value(value);
    }

    /// <summary>The signature of what <see cref="Variant"/> writes for a value.</summary>
    public static string SignatureOf(object value) => value switch
    {
        bool => "b",
        int => "i",
        uint => "u",
        long => "x",
        ulong => "t",
        string => "s",
        byte[] => "ay",
        uint[] => "au",
        string[] => "as",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType(), "no D-Bus type is written for it"),
    };

    /// <summary>An array; its length does not count the padding before the first element.</summary>
    public void Array(int alignment, Action<MessageWriter> elements)
    {
        UInt32(0);
        int length = Length - sizeof(uint);
        Align(alignment);
        int start = Length;
        elements(this);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(length), (uint)(Length - start));
    }

    public void Align(int size)
    {
        int padding = -Length & (size - 1);
        Room(padding).Clear();
    }

    internal void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    private void Value(object value)
    {
        switch (value)
        {
            case bool flag:
                Boolean(flag);
                break;
            case int number:
                UInt32((uint)number);
                break;
            case uint number:
                UInt32(number);
                break;
            case long number:
                UInt64((ulong)number);
                break;
            case ulong number:
                UInt64(number);
                break;
            case string text:
                String(text);
                break;
            case byte[] bytes:
                Array(1, _ => Append(bytes));
                break;
            case uint[] numbers:
                Array(sizeof(uint), _ => System.Array.ForEach(numbers, UInt32));
                break;
            case string[] texts:
                Array(sizeof(uint), _ => System.Array.ForEach(texts, String));
                break;
        }
    }

    private static byte[] Encoded(string value)
    {
        try
        {
            return value.Contains('\0', StringComparison.Ordinal)
                ? throw new MiniRunException($"D-Bus: \"{value.Replace('\0', ' ')}\" holds a NUL")
                : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetBytes(value);
        }
        catch (EncoderFallbackException e)
        {
            throw new MiniRunException("D-Bus: a text that is not valid Unicode", e);
        }
    }

    private Span<byte> Room(int size)
    {
        if (Length + size > _bytes.Length)
        {
            System.Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + size));
        }

        Length += size;
        return _bytes.AsSpan(Length - size, size);
    }
}

using System.Buffers.Binary;

namespace MiniRun.Linux.DBus;

/// <summary>One message of D-Bus (D-Bus Specification, "Message Protocol").</summary>
public sealed record Message
{
    /// <summary>The part of a header that says how long the rest is.</summary>
    internal const int PrefixSize = 16;

    /// <summary>The largest message that is read here, in bytes: answers of systemd have a few hundred. (The protocol's limit is 128 MiB.)</summary>
    internal const int MaxSize = 1 << 20;

    private const byte LittleEndian = (byte)'l';
    private const byte Version = 1;

    public required MessageType Type { get; init; }

    public uint Serial { get; init; }

    /// <summary>The serial of the call that this answers.</summary>
    public uint ReplySerial { get; init; }

    public string Destination { get; init; } = "";

    public string Path { get; init; } = "";

    public string Interface { get; init; } = "";

    public string Member { get; init; } = "";

    public string ErrorName { get; init; } = "";

    /// <summary>The unique name of who sent it (":1.3"), which the bus itself fills in.</summary>
    public string Sender { get; init; } = "";

    /// <summary>The types of what is in <see cref="Body"/>.</summary>
    public string Signature { get; init; } = "";

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <exception cref="MiniRunException">A text cannot be sent.</exception>
    public byte[] Encode()
    {
        MessageWriter writer = new();
        writer.Byte(LittleEndian);
        writer.Byte((byte)Type);
        writer.Byte(0);
        writer.Byte(Version);
        writer.UInt32((uint)Body.Length);
        writer.UInt32(Serial);
        writer.Array(8, _ =>
        {
            Field(writer, HeaderField.Path, "o", Path);
            Field(writer, HeaderField.Interface, "s", Interface);
            Field(writer, HeaderField.Member, "s", Member);
            Field(writer, HeaderField.Destination, "s", Destination);
            Field(writer, HeaderField.Sender, "s", Sender);
            if (Signature.Length > 0)
            {
                writer.Align(8);
                writer.Byte((byte)HeaderField.Signature);
                writer.Signature("g");
                writer.Signature(Signature);
            }
        });
        writer.Align(8);
        writer.Append(Body.Span);
        return writer.Bytes.ToArray();
    }

    /// <summary>How many bytes the message has whose first <see cref="PrefixSize"/> bytes these are.</summary>
    /// <exception cref="MiniRunException">It is no message of this machine's byte order, or too large.</exception>
    public static int SizeOf(ReadOnlySpan<byte> prefix)
    {
        if (prefix[0] != LittleEndian || prefix[3] != Version)
        {
            throw new MiniRunException("D-Bus: the bus sent something that is no message of this machine");
        }

        ulong body = BinaryPrimitives.ReadUInt32LittleEndian(prefix[4..]);
        ulong fields = BinaryPrimitives.ReadUInt32LittleEndian(prefix[12..]);
        ulong size = Padded(PrefixSize + fields) + body;
        return size <= MaxSize ? (int)size : throw new MiniRunException($"D-Bus: the bus sent a message of {size} bytes; at most {MaxSize} are read");
    }

    /// <exception cref="MiniRunException">It is damaged.</exception>
    public static Message Decode(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        int fieldsEnd = PrefixSize + (int)BinaryPrimitives.ReadUInt32LittleEndian(span[12..]);
        Message message = new()
        {
            Type = (MessageType)span[1],
            Serial = BinaryPrimitives.ReadUInt32LittleEndian(span[8..]),
            Body = bytes[(int)Padded((ulong)fieldsEnd)..],
        };
        MessageReader reader = new(span[PrefixSize..fieldsEnd]);
        while (!reader.AtEnd)
        {
            reader.Align(8);
            HeaderField field = (HeaderField)reader.Byte();
            object value = reader.Variant();
            message = (field, value) switch
            {
                (HeaderField.Path, string text) => message with { Path = text },
                (HeaderField.Interface, string text) => message with { Interface = text },
                (HeaderField.Member, string text) => message with { Member = text },
                (HeaderField.ErrorName, string text) => message with { ErrorName = text },
                (HeaderField.ReplySerial, uint serial) => message with { ReplySerial = serial },
                (HeaderField.Sender, string text) => message with { Sender = text },
                (HeaderField.Signature, string text) => message with { Signature = text },
                _ => message,
            };
        }

        return message;
    }

    private static ulong Padded(ulong size) => (size + 7) & ~7UL;

    private static void Field(MessageWriter writer, HeaderField field, string signature, string value)
    {
        if (value.Length > 0)
        {
            writer.Align(8);
            writer.Byte((byte)field);
            writer.Signature(signature);
            writer.String(value);
        }
    }

    private enum HeaderField : byte
    {
        Path = 1,
        Interface = 2,
        Member = 3,
        ErrorName = 4,
        ReplySerial = 5,
        Destination = 6,
        Sender = 7,
        Signature = 8,
    }
}

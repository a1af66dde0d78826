using System.Buffers.Binary;
using System.Text;

namespace MiniRun.Linux.Netlink;

/// <summary>A request to rtnetlink being put together: nlmsghdr, a fixed part, attributes (linux/netlink.h, linux/rtnetlink.h). Numbers are the machine's, little endian.</summary>
internal sealed class RouteMessage
{
    public const int HeaderSize = 16;

    private readonly List<byte> _bytes = new(128);

    private RouteMessage(ushort type, ushort flags)
    {
        Type = type;
        Add32(0); // the length, once it is known
        Add16(type);
        Add16(flags);
        Add32(1); // the sequence: one request at a time
        Add32(0);
    }

    public ushort Type { get; }

    /// <summary>RTM_*LINK: struct ifinfomsg; the flags in `change` become those of `flags`.</summary>
    public static RouteMessage Link(ushort type, ushort requestFlags, int index = 0, uint flags = 0, uint change = 0)
    {
        RouteMessage message = new(type, requestFlags);
        message.Add32(0);
        message.Add32((uint)index);
        message.Add32(flags);
        message.Add32(change);
        return message;
    }

    /// <summary>RTM_*ADDR: struct ifaddrmsg.</summary>
    public static RouteMessage Address(ushort type, ushort requestFlags, byte family = 0, byte prefixLength = 0, int index = 0)
    {
        RouteMessage message = new(type, requestFlags);
        message._bytes.AddRange([family, prefixLength, 0, 0]);
        message.Add32((uint)index);
        return message;
    }

    public RouteMessage With(ushort attribute, string text) => With(attribute, [.. Encoding.UTF8.GetBytes(text), 0]);

    public RouteMessage With(ushort attribute, int number)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(value, number);
        return With(attribute, value);
    }

    /// <summary>Adds an attribute; each begins at a multiple of four.</summary>
    public RouteMessage With(ushort attribute, ReadOnlySpan<byte> value)
    {
        Add16((ushort)(value.Length + 4));
        Add16(attribute);
        _bytes.AddRange(value);
        while (_bytes.Count % 4 != 0)
        {
            _bytes.Add(0);
        }

        return this;
    }

    public byte[] Finish()
    {
        byte[] bytes = [.. _bytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length);
        return bytes;
    }

    private void Add16(ushort value) => _bytes.AddRange([(byte)value, (byte)(value >> 8)]);

    private void Add32(uint value)
    {
        Add16((ushort)value);
        Add16((ushort)(value >> 16));
    }
}

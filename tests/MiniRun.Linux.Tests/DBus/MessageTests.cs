using MiniRun.Linux.DBus;

namespace MiniRun.Linux.Tests.DBus;

public sealed class MessageTests
{
    private static readonly byte[] Hello =
    [
        (byte)'l', 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0x6d, 0, 0, 0,
        1, 1, (byte)'o', 0, 21, 0, 0, 0, .. "/org/freedesktop/DBus\0"u8, 0, 0,
        2, 1, (byte)'s', 0, 20, 0, 0, 0, .. "org.freedesktop.DBus\0"u8, 0, 0, 0,
        3, 1, (byte)'s', 0, 5, 0, 0, 0, .. "Hello\0"u8, 0, 0,
        6, 1, (byte)'s', 0, 20, 0, 0, 0, .. "org.freedesktop.DBus\0"u8, 0, 0, 0,
    ];

    [Fact]
    public void A_call_is_the_bytes_that_the_specification_asks_for()
    {
        Message call = new()
        {
            Type = MessageType.Call,
            Serial = 1,
            Destination = "org.freedesktop.DBus",
            Path = "/org/freedesktop/DBus",
            Interface = "org.freedesktop.DBus",
            Member = "Hello",
        };

        Assert.Equal(Hello, call.Encode());
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        MessageWriter body = new();
        body.UInt32(7);
        body.String("/job/1");
        Message signal = new() { Type = MessageType.Signal, Serial = 9, Path = "/p", Interface = "i.f", Member = "M", Signature = "uo", Body = body.Bytes.ToArray() };

        byte[] bytes = signal.Encode();
        Message read = Message.Decode(bytes);

        Assert.Equal(bytes.Length, Message.SizeOf(bytes));
        Assert.Equal(signal with { Body = read.Body }, read);
        MessageReader reader = new(read.Body.Span);
        Assert.Equal(7u, reader.UInt32());
        Assert.Equal("/job/1", reader.String());
        Assert.True(reader.AtEnd);
    }

    [Fact]
    public void Values_begin_at_multiples_of_their_size()
    {
        MessageWriter writer = new();
        writer.Byte(1);
        writer.Variant(2UL);
        writer.Array(8, array => array.UInt64(3));

        // 1, "t", padding, 2, the array's length, padding that does not count, 3
        Assert.Equal([1, 1, (byte)'t', 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0], writer.Bytes.ToArray());
    }

    [Theory]
    [InlineData(true, new byte[] { 1, (byte)'b', 0, 0, 1, 0, 0, 0 })]
    [InlineData("ab", new byte[] { 1, (byte)'s', 0, 0, 2, 0, 0, 0, (byte)'a', (byte)'b', 0 })]
    [InlineData(new byte[] { 5, 6 }, new byte[] { 2, (byte)'a', (byte)'y', 0, 2, 0, 0, 0, 5, 6 })]
    [InlineData(new[] { 5u }, new byte[] { 2, (byte)'a', (byte)'u', 0, 4, 0, 0, 0, 5, 0, 0, 0 })]
    public void A_variant_says_its_type_first(object value, byte[] bytes)
    {
        MessageWriter writer = new();
        writer.Variant(value);

        Assert.Equal(bytes, writer.Bytes.ToArray());
    }

    [Fact]
    public void A_text_with_a_NUL_or_half_a_character_is_not_sent()
    {
        Assert.Throws<MiniRunException>(() => new MessageWriter().String("a\0b"));
        Assert.Throws<MiniRunException>(() => new MessageWriter().String("\ud800"));
    }

    [Fact]
    public void A_message_of_another_byte_order_version_or_size_is_refused()
    {
        byte[] big = [(byte)'B', .. Hello[1..]];
        byte[] version = [.. Hello[..3], 2, .. Hello[4..]];
        byte[] huge = [.. Hello[..4], 0xff, 0xff, 0xff, 0xff, .. Hello[8..]];

        Assert.Throws<MiniRunException>(() => Message.SizeOf(big));
        Assert.Throws<MiniRunException>(() => Message.SizeOf(version));
        Assert.Throws<MiniRunException>(() => Message.SizeOf(huge));
    }

    [Fact]
    public void A_damaged_message_is_refused_and_never_read_beyond_its_end()
    {
        Random random = new(1);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = [.. Hello];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                if (Message.SizeOf(bytes) <= bytes.Length)
                {
                    _ = Message.Decode(bytes.AsMemory(0, Message.SizeOf(bytes)));
                }
            }
            catch (MiniRunException)
            {
            }
        }
    }
}

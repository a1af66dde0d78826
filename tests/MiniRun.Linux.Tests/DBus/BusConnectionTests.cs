using System.Net.Sockets;
using MiniRun.Linux.DBus;

namespace MiniRun.Linux.Tests.DBus;

/// <summary>Against a bus of the test's own, which answers as it is told.</summary>
public sealed class BusConnectionTests : IDisposable
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public BusConnectionTests()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(Place));
        _listener.Listen();
    }

    private string Place => _folder.Path + "/bus";

    [Fact]
    public async Task A_call_gets_its_own_answer_and_signals_of_who_gave_it_wait_for_who_asks()
    {
        Task bus = Serve(call => [Signal("Early", ":1.9"), Signal("Early", ":1.1"), Reply(call.Serial + 100, "wrong"), Reply(call.Serial, "right")]);
        using (BusConnection connection = BusConnection.Open(Place, Time))
        {
            Message answer = connection.Call("a.b", "/a", "a.b", "Ask");
            MessageReader reader = new(answer.Body.Span);
            Assert.Equal("right", reader.String());
            Message signal = connection.WaitForSignal(answer.Sender, "Early", static _ => true);
            Assert.Equal(":1.1", new MessageReader(signal.Body.Span).String());
        }

        await bus;
    }

    [Fact]
    public async Task An_error_is_thrown_with_its_name_as_one_line()
    {
        Task bus = Serve(call => [Reply(call.Serial, "no\nsuch unit", "org.freedesktop.systemd1.NoSuchUnit")]);
        using (BusConnection connection = BusConnection.Open(Place, Time))
        {
            DBusException e = Assert.Throws<DBusException>(() => connection.Call("a.b", "/a", "a.b", "StopUnit"));
            Assert.Equal("org.freedesktop.systemd1.NoSuchUnit", e.Name);
            Assert.Equal("StopUnit: no such unit", e.Message);
        }

        await bus;
    }

    [Fact]
    public async Task A_bus_that_does_not_answer_or_goes_away_is_no_wait_for_ever()
    {
        Task bus = Serve(static _ => []);
        using (BusConnection connection = BusConnection.Open(Place, TimeSpan.FromMilliseconds(300)))
        {
            Assert.Contains("no answer to Ask within 0.3 seconds", Assert.Throws<MiniRunException>(() => connection.Call("a.b", "/a", "a.b", "Ask")).Message, StringComparison.Ordinal);
        }

        await bus;
        bus = Serve(static _ => null);
        using (BusConnection connection = BusConnection.Open(Place, Time))
        {
            Assert.Contains("closed the connection", Assert.Throws<MiniRunException>(() => connection.Call("a.b", "/a", "a.b", "Ask")).Message, StringComparison.Ordinal);
        }

        await bus;
    }

    [Fact]
    public async Task A_bus_that_refuses_this_user_is_told_of()
    {
        Task bus = Task.Run(() =>
        {
            using Socket peer = _listener.Accept();
            peer.Send("REJECTED EXTERNAL\r\n"u8);
            while (peer.Receive(new byte[100]) > 0)
            {
            }
        });
        Assert.Contains("does not let this user in: REJECTED", Assert.Throws<MiniRunException>(() => BusConnection.Open(Place, Time)).Message, StringComparison.Ordinal);
        await bus;
    }

    [Fact]
    public void Without_a_bus_the_remedy_is_told() =>
        Assert.Contains("no bus listens there", Assert.Throws<MiniRunException>(() => BusConnection.Open(_folder.Path + "/other", Time)).Message, StringComparison.Ordinal);

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    private static Message Signal(string member, string sender)
    {
        MessageWriter body = new();
        body.String(sender);
        return new() { Type = MessageType.Signal, Serial = 1, Path = "/", Interface = "a.b", Member = member, Sender = sender, Signature = "s", Body = body.Bytes.ToArray() };
    }

    /// <summary>Messages with a reply serial or an error name are put together here: minirun itself sends neither.</summary>
    private static byte[] Reply(uint serial, string text, string? error = null)
    {
        MessageWriter body = new();
        body.String(text);
        MessageWriter writer = new();
        writer.Byte((byte)'l');
        writer.Byte((byte)(error is null ? MessageType.Reply : MessageType.Error));
        writer.Byte(0);
        writer.Byte(1);
        writer.UInt32((uint)body.Length);
        writer.UInt32(1);
        writer.Array(8, _ =>
        {
            writer.Byte(5);
            writer.Variant(serial);
            writer.Align(8);
            writer.Byte(7);
            writer.Variant(":1.1");
            writer.Align(8);
            writer.Byte(8);
            writer.Signature("g");
            writer.Signature("s");
            if (error is not null)
            {
                writer.Align(8);
                writer.Byte(4);
                writer.Variant(error);
            }
        });
        writer.Align(8);
        return [.. writer.Bytes, .. body.Bytes];
    }

    /// <summary>One connection: authentication and hello, then the answers to each further call; null ends it.</summary>
    private Task Serve(Func<Message, object[]?> answers) => Task.Run(() =>
    {
        using Socket peer = _listener.Accept();
        Expect(peer, "\0AUTH EXTERNAL\r\n");
        peer.Send("DATA\r\n"u8);
        Expect(peer, "DATA\r\n");
        peer.Send("OK 0123\r\n"u8);
        Expect(peer, "BEGIN\r\n");
        peer.Send(Reply(Receive(peer)!.Serial, ":1.1"));
        while (Receive(peer) is { } call && answers(call) is { } messages)
        {
            foreach (object message in messages)
            {
                peer.Send(message as byte[] ?? ((Message)message).Encode());
            }
        }
    });

    private static void Expect(Socket peer, string text)
    {
        byte[] bytes = new byte[text.Length];
        Fill(peer, bytes);
        Assert.Equal(text, System.Text.Encoding.ASCII.GetString(bytes));
    }

    private static Message? Receive(Socket peer)
    {
        byte[] prefix = new byte[16];
        if (!Fill(peer, prefix))
        {
            return null;
        }

        byte[] bytes = new byte[Message.SizeOf(prefix)];
        prefix.CopyTo(bytes, 0);
        Fill(peer, bytes.AsSpan(16));
        return Message.Decode(bytes);
    }

    private static bool Fill(Socket peer, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int read = peer.Receive(bytes);
            if (read == 0)
            {
                return false;
            }

            bytes = bytes[read..];
        }

        return true;
    }
}

using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Tests.Files;

public sealed class SocketTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Messages_keep_their_borders_and_their_order()
    {
        using SocketPair pair = SocketPair.Create();
        SocketMessage.Send(pair.Ours, "one"u8);
        SocketMessage.Send(pair.Ours, "two two"u8);
        Assert.Equal("one", Receive(pair.Theirs));
        Assert.Equal("two two", Receive(pair.Theirs));
    }

    [Fact]
    public void A_descriptor_travels_along_and_is_closed_on_exec_at_its_end()
    {
        using SocketPair pair = SocketPair.Create();
        using Pipe pipe = Pipe.Create();
        SocketMessage.Send(pair.Ours, "pipe"u8, pipe.WriteEnd);
        byte[] buffer = new byte[10];
        Assert.Equal(4, SocketMessage.Receive(pair.Theirs, buffer, out FileDescriptor? received));
        using FileDescriptor end = received!;
        Assert.Contains("flags:\t02", File.ReadAllText($"/proc/self/fdinfo/{end.Number}"), StringComparison.Ordinal);
        HostFile.WriteAll(end, "through"u8, "pipe");
        Assert.Equal(7, HostFile.Read(pipe.ReadEnd, new byte[100], "pipe"));
    }

    [Fact]
    public void The_end_of_the_peer_is_a_message_of_no_bytes()
    {
        using SocketPair pair = SocketPair.Create();
        pair.Theirs.Dispose();
        Assert.Equal("", Receive(pair.Ours));
        Assert.Equal(Errno.EPIPE, SocketMessage.TrySend(pair.Ours, "x"u8));
    }

    [Fact]
    public void A_message_larger_than_the_buffer_is_refused()
    {
        using SocketPair pair = SocketPair.Create();
        SocketMessage.Send(pair.Ours, new byte[100]);
        Assert.Throws<MiniRunException>(() => SocketMessage.Receive(pair.Theirs, new byte[99], out _));
    }

    [Fact]
    public void A_socket_in_a_folder_with_a_path_too_long_for_an_address_can_be_reached()
    {
        string deep = _folder.At(string.Join('/', Enumerable.Repeat(new string('d', 100), 5)));
        HostDirectory.MakeAll(deep);
        using FileDescriptor folder = HostFile.OpenDirectory(deep);
        using FileDescriptor listener = UnixSocket.Listen(folder, "start.sock", 1);
        using FileDescriptor client = UnixSocket.Connect(folder, "start.sock");
        using FileDescriptor server = UnixSocket.Accept(listener);
        SocketMessage.Send(client, "start"u8);
        Assert.Equal("start", Receive(server));
    }

    [Fact]
    public void A_socket_nobody_listens_on_says_so()
    {
        using FileDescriptor folder = _folder.Open();
        UnixSocket.Listen(folder, "start.sock", 1).Dispose();
        SyscallException failure = Assert.Throws<SyscallException>(() => UnixSocket.Connect(folder, "start.sock"));
        Assert.Equal(Errno.ECONNREFUSED, failure.Errno);
        Assert.Contains("nobody listens", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Polling_tells_input_from_a_peer_that_is_gone_and_from_nothing()
    {
        using Pipe quiet = Pipe.Create();
        using Pipe full = Pipe.Create();
        using Pipe gone = Pipe.Create();
        HostFile.WriteAll(full.WriteEnd, "x"u8, "pipe");
        gone.WriteEnd.Dispose();
        Poll poll = new();
        int a = poll.Add(quiet.ReadEnd);
        int b = poll.Add(full.ReadEnd);
        int c = poll.Add(gone.ReadEnd);
        Assert.Equal(2, poll.Wait(0));
        Assert.Equal((false, true, false), (poll.IsReadable(a), poll.HasInput(b), poll.IsHungUp(b)));
        Assert.Equal((true, false), (poll.IsHungUp(c), poll.HasInput(c)));
        poll.Remove(b);
        poll.Remove(c);
        Assert.Equal(0, poll.Wait(0));
    }

    [Fact]
    public void A_pipe_of_one_page_takes_one_page()
    {
        using Pipe pipe = Pipe.Create(nonBlocking: true);
        pipe.SetSize(4096);
        Assert.Equal(4096, HostFile.WriteOnce(pipe.WriteEnd, new byte[8192], "pipe"));
        Assert.Equal(Errno.EAGAIN, HostFile.TryWrite(pipe.WriteEnd, "x"u8, out _));
    }

    private static string Receive(FileDescriptor socket)
    {
        byte[] buffer = new byte[100];
        int size = SocketMessage.Receive(socket, buffer, out FileDescriptor? attached);
        Assert.Null(attached);
        return Encoding.ASCII.GetString(buffer.AsSpan(0, size));
    }
}

using System.Net.Sockets;
using System.Text;

namespace MiniRun.Engine.Tests.Registries.Harness;

/// <summary>What the test registry answers, down to how it breaks off.</summary>
internal sealed record TestReply(int Status, byte[] Body)
{
    private readonly List<string> _headers = [];

    /// <summary>What Content-Length says; null leaves the header out, and the end of the connection is the body's.</summary>
    public long? Length { get; init; } = Body.Length;

    /// <summary>Closes the connection after so many bytes of the body.</summary>
    public int DropAfter { get; init; } = int.MaxValue;

    /// <summary>Sends zeros behind the body until the client has enough.</summary>
    public bool Endless { get; init; }

    /// <summary>Sends nothing more after the body's first DropAfter bytes, but stays connected for so long.</summary>
    public TimeSpan Silence { get; init; }

    /// <summary>Closes the connection without a word.</summary>
    public bool HangsUp { get; init; }

    public static TestReply Ok(byte[] body) => new(200, body);

    public static TestReply Text(int status, string text) => new(status, Encoding.UTF8.GetBytes(text));

    public TestReply With(string name, string value)
    {
        _headers.Add($"{name}: {value}\r\n");
        return this;
    }

    public void Send(NetworkStream stream, bool isHead)
    {
        if (HangsUp)
        {
            return;
        }

        string length = Length is { } said ? $"Content-Length: {said}\r\n" : "";
        stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {Status} Test\r\n{string.Concat(_headers)}{length}Connection: close\r\n\r\n"));
        if (isHead)
        {
            return;
        }

        stream.Write(Body.AsSpan(0, Math.Min(Body.Length, DropAfter)));
        Thread.Sleep(Silence);
        byte[] zeros = new byte[64 << 10];
        while (Endless)
        {
            stream.Write(zeros);
        }
    }
}

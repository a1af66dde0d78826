using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MiniRun.Engine.Tests.Registries.Harness;

/// <summary>An HTTP server on a loopback port that answers as a test tells it to, with lies too: one request a connection.</summary>
internal sealed class TestRegistry : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<TestRequest, TestReply> _answer;
    private readonly ConcurrentQueue<TestRequest> _requests = new();

    public TestRegistry(Func<TestRequest, TestReply> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>127.0.0.1 and the port.</summary>
    public string Authority => _listener.LocalEndpoint.ToString()!;

    /// <summary>The requests so far, but for TLS hellos.</summary>
    public IReadOnlyList<TestRequest> Requests => [.. _requests];

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => Serve(client));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Disposed: nobody asks any more.
        }
    }

    private void Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                if (Read(stream) is { } request)
                {
                    _requests.Enqueue(request);
                    _answer(request).Send(stream, request.Method == "HEAD");
                }
            }
            catch (IOException)
            {
                // The client has broken off, as it should where it is lied to.
            }
        }
    }

    private static TestRequest? Read(NetworkStream stream)
    {
        StringBuilder head = new();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int next = stream.ReadByte();
            if (next < 0 || (head.Length == 0 && next == 0x16))
            {
                // A TLS hello is no request: closing the connection says so.
                return null;
            }

            head.Append((char)next);
        }

        string[] lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines[1..])
        {
            int colon = line.IndexOf(':');
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        byte[] body = new byte[headers.TryGetValue("content-length", out string? length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        stream.ReadExactly(body);
        string[] words = lines[0].Split(' ');
        return new TestRequest(words[0], words[1], headers, body);
    }
}

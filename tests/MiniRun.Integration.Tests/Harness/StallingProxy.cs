using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>Stands before a registry on a loopback port and lets a number of bytes through on each connection, then none: a download stands still midway until it is told to go on.</summary>
public sealed class StallingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly bool connects;
    private readonly int port;

    /// <param name="registry">Where every connection ends.</param>
    /// <param name="limit">See <see cref="Limit"/>.</param>
    /// <param name="connects">Whether it is one that the environment names (HTTPS_PROXY): clients then say first where they want to.</param>
    public StallingProxy(LocalRegistry registry, long limit = long.MaxValue, bool connects = false)
    {
        this.connects = connects;
        port = int.Parse(registry.Port, System.Globalization.CultureInfo.InvariantCulture);
        Limit = limit;
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>127.0.0.1 and the port, as image names begin.</summary>
    public string Address => listener.LocalEndpoint.ToString()!;

    /// <summary>The bytes from the registry that new connections let through.</summary>
    public long Limit { get; set; }

    /// <summary>The first lines of what clients have said first.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public void Dispose()
    {
        end.Cancel();
        listener.Dispose();
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        CancellationToken ended = end.Token;
        while (!ended.IsCancellationRequested)
        {
            Socket client = await listener.AcceptSocketAsync(ended).ConfigureAwait(false);
            _ = ServeAsync(client, Limit, ended);
        }
    }

    private async Task ServeAsync(Socket client, long limit, CancellationToken ended)
    {
        using Socket registry = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            if (connects)
            {
                await ConnectAsync(client, ended).ConfigureAwait(false);
            }

            await registry.ConnectAsync(IPAddress.Loopback, port, ended).ConfigureAwait(false);
            // Whoever ends first ends the connection.
            await Task.WhenAny(CopyAsync(client, registry, long.MaxValue, ended), CopyAsync(registry, client, limit, ended)).ConfigureAwait(false);
        }
    }

    private async Task ConnectAsync(Socket client, CancellationToken ended)
    {
        StringBuilder request = new();
        byte[] next = new byte[1];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await client.ReceiveAsync(next, ended).ConfigureAwait(false) > 0)
        {
            request.Append((char)next[0]);
        }

        Requests.Enqueue(request.ToString().Split("\r\n")[0]);
        await client.SendAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), ended).ConfigureAwait(false);
    }

    private static async Task CopyAsync(Socket from, Socket to, long limit, CancellationToken ended)
    {
        byte[] buffer = new byte[1 << 16];
        while (true)
        {
            if (limit == 0)
            {
                await Task.Delay(Timeout.Infinite, ended).ConfigureAwait(false);
            }

            int count = await from.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, limit)), ended).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            await to.SendAsync(buffer.AsMemory(0, count), ended).ConfigureAwait(false);
            limit -= count;
        }
    }
}

using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Transport;

/// <summary>Reads answers that are documents: whole, and never more than a bound.</summary>
internal static class BoundedBody
{
    /// <summary>Reads a body to its end; stall is how long it may stand still.</summary>
    /// <exception cref="MiniRunException">It is longer than maxBytes.</exception>
    /// <exception cref="ConnectionException">It broke off.</exception>
    internal static async Task<byte[]> ReadAsync(HttpResponseMessage response, int maxBytes, string subject, TimeSpan stall, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > maxBytes)
        {
            throw TooLong(subject, maxBytes);
        }

        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            using Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            byte[] buffer = new byte[Math.Min(maxBytes, 16 << 10) + 1];
            int total = 0;
            while (true)
            {
                deadline.CancelAfter(stall);
                int count = await body.ReadAsync(buffer.AsMemory(total), deadline.Token).ConfigureAwait(false);
                total += count;
                if (count == 0)
                {
                    return buffer.AsSpan(0, total).ToArray();
                }

                if (total > maxBytes)
                {
                    throw TooLong(subject, maxBytes);
                }

                if (total == buffer.Length)
                {
                    Array.Resize(ref buffer, (int)Math.Min(maxBytes + 1L, buffer.Length * 4L));
                }
            }
        }
        catch (IOException failure)
        {
            throw new ConnectionException($"{subject}: the registry's answer broke off", failure) { IsTransient = true };
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new ConnectionException($"{subject}: nothing came for {stall.TotalSeconds:0.#} s", failure) { IsTransient = true };
        }
    }

    private static MiniRunException TooLong(string subject, int maxBytes) => new($"{subject} is larger than {maxBytes} bytes, which is the most minirun reads of it");
}

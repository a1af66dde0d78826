using System.Net;

namespace MiniRun.Engine.Registries.Transport;

/// <summary>A part of a blob as a request's body. It tells how far it is, which keeps the request's deadline away while bytes flow.</summary>
/// <param name="blob">The blob, standing where the part begins.</param>
/// <param name="length">The part's length.</param>
/// <param name="sent">Is told the bytes of the part sent so far.</param>
internal sealed class UploadContent(Stream blob, long length, Action<long> sent) : HttpContent
{
    private const int BufferSize = 128 << 10;

    /// <summary>Called before each write: the transfer has not stopped.</summary>
    internal Action? Moves { get; set; }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferSize];
        for (long done = 0; done < length;)
        {
            Memory<byte> part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - done));
            await blob.ReadExactlyAsync(part, cancellationToken).ConfigureAwait(false);
            Moves?.Invoke();
            await stream.WriteAsync(part, cancellationToken).ConfigureAwait(false);
            done += part.Length;
            sent(done);
        }

        Moves?.Invoke();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            blob.Dispose();
        }

        base.Dispose(disposing);
    }
}

using MiniRun.Engine.Registries.Transport;
using MiniRun.Linux;

namespace MiniRun.Engine.Registries.Blobs;

/// <summary>One answer to a request for a blob: its bytes from some place on, as far as the connection carries.</summary>
internal sealed class BlobBody : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly StallGuard _guard;
    private readonly CancellationTokenRegistration _cancelled;
    private readonly CancellationToken _cancellation;

    private BlobBody(HttpResponseMessage response, Stream stream, TimeSpan stall, CancellationToken cancellation)
    {
        _response = response;
        _stream = stream;
        _cancellation = cancellation;
        // Only closing the connection ends a blocking read.
        _guard = new StallGuard(stall, response.Dispose);
        _cancelled = cancellation.Register(response.Dispose);
    }

    /// <summary>Whether the answer's head has promised exactly the bytes expected, so that no more can come.</summary>
    internal bool HasLength { get; private init; }

    /// <summary>Takes an answer on, and skips to the place wanted where the registry sent all.</summary>
    /// <param name="expectation">What should come.</param>
    /// <exception cref="MiniRunException">The answer's head says that it is something else.</exception>
    /// <exception cref="ConnectionException">The connection broke off.</exception>
    internal static BlobBody Open(HttpResponseMessage response, BlobExpectation expectation, TimeSpan stall, CancellationToken cancellation)
    {
        try
        {
            long skip = expectation.Check(response);
            BlobBody body = new(response, response.Content.ReadAsStream(cancellation), stall, cancellation) { HasLength = response.Content.Headers.ContentLength is not null };
            body.Skip(skip);
            return body;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Reads on; 0 at the end of what this answer gives.</summary>
    /// <exception cref="ConnectionException">The connection broke off, or nothing came for too long.</exception>
    /// <exception cref="OperationCanceledException">The user has had enough.</exception>
    internal int Read(Span<byte> buffer)
    {
        _guard.Enter();
        try
        {
            return _stream.Read(buffer);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException or HttpRequestException)
        {
            _cancellation.ThrowIfCancellationRequested();
            string reason = _guard.HasStalled ? "nothing more came for too long" : "the connection broke off";
            throw new ConnectionException(reason, failure) { IsTransient = true };
        }
        finally
        {
            _guard.Leave();
        }
    }

    public void Dispose()
    {
        _cancelled.Dispose();
        _guard.Dispose();
        _stream.Dispose();
        _response.Dispose();
    }

    private void Skip(long count)
    {
        byte[] dropped = count == 0 ? [] : new byte[64 << 10];
        while (count > 0)
        {
            int read = Read(dropped.AsSpan(0, (int)Math.Min(dropped.Length, count)));
            count = read == 0 ? throw new ConnectionException("the connection broke off") { IsTransient = true } : count - read;
        }
    }
}

using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Engine.Registries.Transport;
using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Registries.Blobs;

/// <summary>
/// A registry's blob from some place to its end: exactly the bytes its descriptor counts, over as many connections as it takes.
/// Reads block, as whoever unpacks wants them; whether the bytes are the right ones is for the store to see.
/// </summary>
internal sealed class BlobStream : ReadOnlyStream
{
    // A connection that brought so much was worth it, and the attempts are counted anew.
    private const long Progress = 1 << 20;

    private readonly BlobExpectation _whole;
    private readonly Func<long, CancellationToken, Task<BlobBody>> _connect;
    private readonly RetryPolicy _retry;
    private readonly CancellationToken _cancellation;
    private BlobBody? _body;
    private long _position;
    private long _progressedTo;
    private int _failures;
    private bool _ended;

    /// <param name="whole">The blob and the place to begin at.</param>
    /// <param name="connect">Asks for the blob from a place on.</param>
    /// <param name="retry">How often to ask again.</param>
    internal BlobStream(BlobExpectation whole, Func<long, CancellationToken, Task<BlobBody>> connect, RetryPolicy retry, CancellationToken cancellation)
    {
        _whole = whole;
        _connect = connect;
        _retry = retry;
        _cancellation = cancellation;
        _position = whole.From;
        _progressedTo = whole.From;
    }

    /// <summary>The size of the whole blob.</summary>
    public override long Length => Blob.Size;

    /// <summary>The next byte's place in the whole blob.</summary>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    private Descriptor Blob => _whole.Blob;

    /// <summary>Connects, so that a blob that is not there is known before anything is read.</summary>
    internal async Task OpenAsync() => _body = _position < Blob.Size ? await _connect(_position, _cancellation).ConfigureAwait(false) : null;

    /// <summary>Reads on; 0 once all bytes were read.</summary>
    /// <exception cref="MiniRunException">More bytes come than the descriptor says, or fewer, or none any more.</exception>
    /// <exception cref="OperationCanceledException">The user has had enough.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_position < Blob.Size && buffer.Length > 0)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (TryRead(buffer[..(int)Math.Min(buffer.Length, Blob.Size - _position)]) is { } count)
            {
                _position += count;
                return count;
            }
        }

        if (_position == Blob.Size && !_ended)
        {
            _ended = true;
            RefuseMore();
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads from the connection there is, or a new one; null where it failed and the next attempt is due.</summary>
    private int? TryRead(Span<byte> buffer)
    {
        try
        {
            // Rare, and the caller's thread has nothing else to do than to wait.
            _body ??= _connect(_position, _cancellation).GetAwaiter().GetResult();
            int count = _body.Read(buffer);
            if (count > 0)
            {
                return count;
            }

            Recover(new ConnectionException("the registry's answer ended") { IsTransient = true });
        }
        catch (ConnectionException failure) when (failure.IsTransient)
        {
            Recover(failure);
        }

        return null;
    }

    private void Recover(ConnectionException failure)
    {
        _body?.Dispose();
        _body = null;
        _failures = _position - _progressedTo >= Progress ? 1 : _failures + 1;
        _progressedTo = _position;
        if (_retry.Pause(_failures, null) is not { } pause)
        {
            throw new MiniRunException($"{_whole.Subject}: only {_position} of {Blob.Size} bytes came in {_failures} attempts: {failure.Message}", failure);
        }

        if (_cancellation.WaitHandle.WaitOne(pause))
        {
            _cancellation.ThrowIfCancellationRequested();
        }
    }

    private void RefuseMore()
    {
        if (_body is null || _body.HasLength)
        {
            return;
        }

        Span<byte> more = stackalloc byte[1];
        try
        {
            if (_body.Read(more) > 0)
            {
                throw new MiniRunException($"{_whole.Subject}: its manifest says {Blob.Size} bytes, and the registry sends more: one of them lies");
            }
        }
        catch (ConnectionException)
        {
            // All bytes are here; how the connection ends says nothing of them.
        }
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Layers;

/// <summary>
/// Reads a stream on a thread of its own, a few buffers ahead of whoever reads this one, and hashes what passes. So
/// decompressing and hashing overlap with writing files, and memory stays bounded. The stream behind is closed with this one.
/// </summary>
internal sealed class HashingReadAhead : ReadOnlyStream
{
    private const int BufferSize = 256 * 1024;
    private const int Buffers = 8;

    private readonly BlockingCollection<byte[]> _free = new(Buffers);
    private readonly BlockingCollection<ArraySegment<byte>> _filled = new(Buffers);
    private readonly IncrementalHash _hash;
    private readonly CancellationTokenSource _stop = new();
    private readonly Stream _source;
    private readonly Thread _thread;
    private ArraySegment<byte> _current = ArraySegment<byte>.Empty;
    private byte[]? _lent;
    private Exception? _failure;
    private long _position;

    public HashingReadAhead(Stream source, HashAlgorithmName function)
    {
        _source = source;
        _hash = IncrementalHash.CreateHash(function);
        for (int i = 0; i < Buffers; i++)
        {
            _free.Add(new byte[BufferSize]);
        }

        _thread = new Thread(ReadAll) { IsBackground = true, Name = "layer" };
        _thread.Start();
    }

    /// <summary>Bytes read from here so far.</summary>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>"sha256:…", or what the function is, of the whole stream, once it has been read to its end.</summary>
    public string Digest { get; private set; } = "";

    public override int Read(Span<byte> buffer)
    {
        if (_current.Count == 0 && !NextBuffer())
        {
            return 0;
        }

        int count = Math.Min(buffer.Length, _current.Count);
        _current.AsSpan(0, count).CopyTo(buffer);
        _current = _current[count..];
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // The thread ends at its next turn; only then may what it uses go.
            _stop.Cancel();
            _thread.Join();
            _source.Dispose();
            _stop.Dispose();
            _free.Dispose();
            _filled.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool NextBuffer()
    {
        if (_lent is not null)
        {
            _free.Add(_lent);
            _lent = null;
        }

        if (_filled.TryTake(out _current, Timeout.Infinite))
        {
            _lent = _current.Array;
            return true;
        }

        if (_failure is not null)
        {
            // As it was thrown there: whoever reads this stream need not know of the thread.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }

        if (Digest.Length == 0)
        {
            Digest = Images.Names.Digest.OfHash(_hash.GetHashAndReset()).ToString();
        }

        return false;
    }

    private void ReadAll()
    {
        try
        {
            while (true)
            {
                byte[] buffer = _free.Take(_stop.Token);
                int count = _source.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
                if (count == 0)
                {
                    return;
                }

                _hash.AppendData(buffer, 0, count);
                _filled.Add(new ArraySegment<byte>(buffer, 0, count));
            }
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
        finally
        {
            _filled.CompleteAdding();
        }
    }
}

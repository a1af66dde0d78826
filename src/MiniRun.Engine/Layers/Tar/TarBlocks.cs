namespace MiniRun.Engine.Layers.Tar;

/// <summary>A stream as a tar reader needs it: whole blocks and runs of data, handed out from one buffer without copies.</summary>
internal sealed class TarBlocks(Stream source, long maxBytes)
{
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;

    /// <summary>Bytes handed out or passed over so far.</summary>
    public long Position { get; private set; }

    /// <summary>The next bytes, exactly so many and at most a buffer's; empty at a clean end. They hold until the next call.</summary>
    /// <exception cref="TarException">The stream ends within them.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        while (_end - _start < count)
        {
            if (!Fill())
            {
                return _end == _start ? [] : throw Truncated();
            }
        }

        return Advance(count);
    }

    /// <summary>Some of the next bytes, at least one and at most so many.</summary>
    /// <exception cref="TarException">The stream has ended.</exception>
    public ReadOnlySpan<byte> TakeSome(long most)
    {
        if (_start == _end && !Fill())
        {
            throw Truncated();
        }

        return Advance((int)Math.Min(most, _end - _start));
    }

    /// <summary>Passes over bytes.</summary>
    /// <exception cref="TarException">The stream ends within them.</exception>
    public void Skip(long count)
    {
        while (count > 0)
        {
            count -= TakeSome(count).Length;
        }
    }

    /// <summary>Reads to the end of the stream: what stands there belongs to a layer's digest.</summary>
    /// <exception cref="TarException">More comes than is allowed.</exception>
    public void Drain()
    {
        do
        {
            Advance(_end - _start);
        }
        while (Fill());
    }

    public TarException Truncated() => new($"it ends after {Position + (_end - _start)} bytes, within an entry; fetch it again");

    private ReadOnlySpan<byte> Advance(int count)
    {
        ReadOnlySpan<byte> taken = _buffer.AsSpan(_start, count);
        _start += count;
        Position += count;
        return Position <= maxBytes ? taken : throw new TarException($"it holds more than the {maxBytes} bytes that are allowed");
    }

    private bool Fill()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_start > 0)
        {
            // Less than a block or a small record is left here, so this moves little.
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        int count = source.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        return count > 0;
    }
}

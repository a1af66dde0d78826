namespace MiniRun.Engine.Images.Store;

/// <summary>See <see cref="BlobIngest.Receive"/>: reads the source and keeps what it reads; at the end it verifies and commits.</summary>
internal sealed class IngestStream(BlobIngest ingest, Stream source) : Stream
{
    private bool _committed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => ingest.Received;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_committed || buffer.Length == 0)
        {
            return 0;
        }

        int count = ingest.ReadLeft(buffer);
        if (count > 0)
        {
            return count;
        }

        count = source.Read(buffer);
        if (count > 0)
        {
            ingest.Write(buffer[..count]);
            return count;
        }

        ingest.Commit();
        _committed = true;
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is written to it.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}

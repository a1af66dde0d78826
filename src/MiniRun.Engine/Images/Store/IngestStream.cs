using MiniRun.Linux.Files;

namespace MiniRun.Engine.Images.Store;

/// <summary>See <see cref="BlobIngest.Receive"/>: reads the source and keeps what it reads; at the end it verifies and commits.</summary>
internal sealed class IngestStream(BlobIngest ingest, Stream source) : ReadOnlyStream
{
    private bool _committed;

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

        count = ReadSource(buffer);
        if (count > 0)
        {
            ingest.Write(buffer[..count]);
            return count;
        }

        ingest.Commit();
        _committed = true;
        return 0;
    }

    private int ReadSource(Span<byte> buffer)
    {
        try
        {
            return source.Read(buffer);
        }
        catch
        {
            ingest.HasLostSource = true;
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}

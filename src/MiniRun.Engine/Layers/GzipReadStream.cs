using System.IO.Compression;
using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Layers;

/// <summary>Gzip with its failures as messages. All members of a file that has several are read, one after the other.</summary>
internal sealed class GzipReadStream(Stream compressed) : ReadOnlyStream
{
    private readonly GZipStream _gzip = new(compressed, CompressionMode.Decompress, leaveOpen: true);

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _gzip.Read(buffer);
        }
        catch (InvalidDataException failure)
        {
            throw new MiniRunException("the gzip data of the layer are damaged or cut off; fetch it again", failure);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }
}

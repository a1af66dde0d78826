using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Compression;

/// <summary>Compresses to one zstd frame with a checksum; disposing it ends the frame. The target stays open.</summary>
public sealed unsafe class ZstdWriteStream(Stream target) : WriteOnlyStream
{
    /// <summary>zstd's own default, which is faster than gzip's fastest and packs tighter.</summary>
    private const int Level = 3;

    private readonly byte[] _output = new byte[128 * 1024];
    private readonly ZstdCompression _context = CreateContext();

    public override void Write(ReadOnlySpan<byte> buffer) => Encode(buffer, LibZstd.ZSTD_e_continue);

    public override void Flush()
    {
        // A flush in between would only make the result larger; all is written at the end.
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_context.IsClosed)
        {
            Encode([], LibZstd.ZSTD_e_end);
            _context.Dispose();
        }

        base.Dispose(disposing);
    }

    private static ZstdCompression CreateContext()
    {
        ZstdCompression context = LibZstd.ZSTD_createCCtx();
        if (context.IsInvalid)
        {
            throw new InsufficientMemoryException();
        }

        ZstdResult.Check(LibZstd.ZSTD_CCtx_setParameter(context, LibZstd.ZSTD_c_compressionLevel, Level), "ZSTD_c_compressionLevel");
        ZstdResult.Check(LibZstd.ZSTD_CCtx_setParameter(context, LibZstd.ZSTD_c_checksumFlag, 1), "ZSTD_c_checksumFlag");
        return context;
    }

    private void Encode(ReadOnlySpan<byte> buffer, int operation)
    {
        fixed (byte* input = buffer)
        fixed (byte* output = _output)
        {
            LibZstd.ZSTD_buffer from = new() { start = input, size = (nuint)buffer.Length };
            nuint left;
            do
            {
                LibZstd.ZSTD_buffer to = new() { start = output, size = (nuint)_output.Length };
                left = ZstdResult.Check(LibZstd.ZSTD_compressStream2(_context, &to, &from, operation), "compressing with zstd");
                target.Write(_output, 0, (int)to.pos);
            }
            while (from.pos < from.size || (operation == LibZstd.ZSTD_e_end && left != 0));
        }
    }
}

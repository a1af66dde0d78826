using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Compression;

/// <summary>
/// Decompresses zstd, all frames of it (RFC 8878). The window is bounded to 128 MiB, so that a frame's header cannot ask for
/// gigabytes of memory. What is behind stays open.
/// </summary>
public sealed unsafe class ZstdReadStream(Stream source) : ReadOnlyStream
{
    /// <summary>As zstd --long=27, the most that "zstd -d" takes without being told.</summary>
    private const int MaxWindowLog = 27;

    private const string Damaged = "the zstd data of the layer are damaged";

    private readonly byte[] _input = new byte[128 * 1024];
    private readonly ZstdDecompression _context = CreateContext();
    private int _start;
    private int _end;
    private bool _withinFrame;

    /// <exception cref="MiniRunException">The data are damaged or end within a frame.</exception>
    public override int Read(Span<byte> buffer)
    {
        int written = 0;
        while (written == 0 && !buffer.IsEmpty)
        {
            // What the decoder still holds comes out without new input, so at the end it is asked once more.
            bool ended = _start == _end && !Fill();
            written = Decode(buffer);
            if (ended && written == 0)
            {
                return _withinFrame ? throw new MiniRunException("the zstd data of the layer are cut off; fetch it again") : 0;
            }
        }

        return written;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _context.Dispose();
        }

        base.Dispose(disposing);
    }

    private static ZstdDecompression CreateContext()
    {
        ZstdDecompression context = LibZstd.ZSTD_createDCtx();
        if (context.IsInvalid)
        {
            throw new InsufficientMemoryException();
        }

        ZstdResult.Check(LibZstd.ZSTD_DCtx_setParameter(context, LibZstd.ZSTD_d_windowLogMax, MaxWindowLog), "ZSTD_d_windowLogMax");
        return context;
    }

    private int Decode(Span<byte> buffer)
    {
        fixed (byte* output = buffer)
        fixed (byte* input = _input)
        {
            LibZstd.ZSTD_buffer to = new() { start = output, size = (nuint)buffer.Length };
            LibZstd.ZSTD_buffer from = new() { start = input + _start, size = (nuint)(_end - _start) };
            if (from.size == 0 && !_withinFrame)
            {
                return 0;
            }

            nuint hint = ZstdResult.Check(LibZstd.ZSTD_decompressStream(_context, &to, &from), Damaged);
            _start += (int)from.pos;

            // Zero says that a frame is complete and handed out.
            _withinFrame = hint != 0;
            return (int)to.pos;
        }
    }

    private bool Fill()
    {
        _start = 0;
        _end = source.Read(_input, 0, _input.Length);
        return _end > 0;
    }
}

using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>zstd.h of libzstd 1.4 or newer (its stable part). Linked statically into minirun, a shared library under test; minirun-oci does without.</summary>
internal static unsafe partial class LibZstd
{
    public const int ZSTD_c_compressionLevel = 100;
    public const int ZSTD_c_checksumFlag = 201;
    public const int ZSTD_d_windowLogMax = 100;

    public const int ZSTD_e_continue = 0;
    public const int ZSTD_e_end = 2;

    private const string Library = "libzstd";

    [LibraryImport(Library)]
    public static partial ZstdDecompression ZSTD_createDCtx();

    [LibraryImport(Library)]
    public static partial nuint ZSTD_freeDCtx(nint context);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_DCtx_setParameter(ZstdDecompression context, int parameter, int value);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_decompressStream(ZstdDecompression context, ZSTD_buffer* output, ZSTD_buffer* input);

    [LibraryImport(Library)]
    public static partial ZstdCompression ZSTD_createCCtx();

    [LibraryImport(Library)]
    public static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_CCtx_setParameter(ZstdCompression context, int parameter, int value);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_compressStream2(ZstdCompression context, ZSTD_buffer* output, ZSTD_buffer* input, int operation);

    [LibraryImport(Library)]
    public static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Library)]
    public static partial byte* ZSTD_getErrorName(nuint code);

    /// <summary>ZSTD_inBuffer and ZSTD_outBuffer, which differ only in const.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ZSTD_buffer
    {
        public byte* start;
        public nuint size;
        public nuint pos;
    }
}

using System.Runtime.InteropServices;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Compression;

/// <summary>The one place that looks at what libzstd's functions return.</summary>
internal static unsafe class ZstdResult
{
    /// <summary>Passes a result on, or throws what libzstd says of it.</summary>
    /// <exception cref="MiniRunException">It is an error code.</exception>
    public static nuint Check(nuint result, string what) => LibZstd.ZSTD_isError(result) == 0
        ? result
        : throw new MiniRunException($"{what}: {Marshal.PtrToStringUTF8((nint)LibZstd.ZSTD_getErrorName(result))}");
}

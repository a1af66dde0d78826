using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>An owned ZSTD_DCtx.</summary>
internal sealed class ZstdDecompression() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => LibZstd.ZSTD_freeDCtx(handle) == 0;
}

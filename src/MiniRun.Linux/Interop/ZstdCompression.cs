using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>An owned ZSTD_CCtx.</summary>
internal sealed class ZstdCompression() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => LibZstd.ZSTD_freeCCtx(handle) == 0;
}

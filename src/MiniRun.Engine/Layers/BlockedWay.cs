using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>An entry whose path goes through something that is no folder.</summary>
internal static class BlockedWay
{
    internal static MiniRunException Exception(ReadOnlySpan<byte> path, Errno error) => error is Errno.ELOOP or Errno.ENOTDIR
        ? new MiniRunException($"the layer has an entry below '{FolderEntry.Shown(path)}', which it makes a link or a file: it could lead anywhere, so it is not followed")
        : new SyscallException("openat", FolderEntry.Shown(path), error);
}

using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Contexts;

/// <summary>Small files that steer a build, read inside of the context only: a link in it that points outside leads nowhere.</summary>
internal static class ContextFile
{
    /// <summary>The file's text; null where there is none.</summary>
    /// <exception cref="MiniRunException">It is too large, no regular file, or cannot be read.</exception>
    internal static string? TryRead(FileDescriptor context, string path, int maxBytes)
    {
        // O_NONBLOCK: a FIFO of that name must not hold minirun up.
        using FileDescriptor? file = RootedPath.TryOpen(context, path, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY, out Errno error);
        if (file is null)
        {
            return error is Errno.ENOENT or Errno.ENOTDIR ? null : throw new SyscallException("openat2", path, error);
        }

        return FileStatus.Of(file, path).IsRegular
            ? Encoding.UTF8.GetString(HostFile.ReadBounded(file, path, maxBytes))
            : throw new MiniRunException($"{path} in the build context is not a regular file");
    }
}

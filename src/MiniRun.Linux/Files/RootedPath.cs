using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>
/// Opens paths inside a root that strangers may write: openat2 with RESOLVE_IN_ROOT, so that neither "..", absolute links
/// nor a rename in between leads out (CVE-2021-30465, CVE-2024-45310). Magic links of procfs are never followed.
/// </summary>
public static class RootedPath
{
    // The kernel gives up with EAGAIN when something was renamed during a lookup with ".."; an attacker could do that for ever.
    private const int MaxAttempts = 128;

    /// <summary>Opens a path inside a root; flags are <see cref="OpenFlags"/>, resolve adds to RESOLVE_IN_ROOT|RESOLVE_NO_MAGICLINKS.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor Open(FileDescriptor root, string path, int flags, uint mode = 0, ulong resolve = 0)
    {
        FileDescriptor? opened = TryOpen(root, path, flags, out Errno error, mode, resolve);
        return opened ?? throw new SyscallException("openat2", path, error);
    }

    /// <summary>Opens a path inside a root, or says why not.</summary>
    public static unsafe FileDescriptor? TryOpen(FileDescriptor root, string path, int flags, out Errno error, uint mode = 0, ulong resolve = 0)
    {
        open_how how = new()
        {
            flags = (uint)(flags | OpenFlags.O_CLOEXEC),
            mode = mode,
            resolve = ResolveFlags.RESOLVE_IN_ROOT | ResolveFlags.RESOLVE_NO_MAGICLINKS | resolve,
        };
        error = Errno.EAGAIN;
        for (int attempt = 0; attempt < MaxAttempts && error is Errno.EAGAIN or Errno.EINTR; attempt++)
        {
            nint result = Libc.openat2(root, path, &how);
            if (result != -1)
            {
                error = 0;
                return FileDescriptor.Adopt((int)result);
            }

            error = KernelCall.LastError;
        }

        return null;
    }
}

using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Mounts;

/// <summary>Whether overlayfs can have its upper layer somewhere.</summary>
public static class OverlaySupport
{
    /// <summary>Why an upper layer cannot be in a folder, as a reason; null where nothing speaks against it.</summary>
    public static string? WhyNoUpperIn(string folder)
    {
        using FileDescriptor? opened = HostFile.TryOpen(folder, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, out _);
        if (opened is not null && IsOverlay(opened))
        {
            return $"{folder} is itself on an overlay file system";
        }

        // ENODEV: no such file system, and no module of it either. Without CAP_SYS_ADMIN (EPERM) this says nothing.
        nint context = Libc.fsopen("overlay", Libc.FSOPEN_CLOEXEC);
        if (context == -1)
        {
            return KernelCall.LastError == Errno.ENODEV ? "this kernel has no overlay file system" : null;
        }

        FileDescriptor.Adopt((int)context).Dispose();
        return null;
    }

    /// <summary>Whether a folder is on an overlay.</summary>
    public static unsafe bool IsOverlay(FileDescriptor folder)
    {
        statfs status;
        return Libc.fstatfs(folder, &status) == 0 && status.f_type == Libc.OVERLAYFS_SUPER_MAGIC;
    }
}

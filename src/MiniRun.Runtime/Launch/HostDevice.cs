using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Mounts;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>A clone of a device node of the host, for containers that may not make their own (mknod is EPERM in a user namespace).</summary>
internal static class HostDevice
{
    /// <exception cref="LaunchException">Something else than the wanted device stands there.</exception>
    public static FileDescriptor Open(LaunchStep step)
    {
        FileDescriptor clone = DetachedMount.Clone(step.Text0, recursive: false);
        FileStatus status = FileStatus.Of(clone, step.Text0);
        ulong number = KernelNumber(status.NodeMajor, status.NodeMinor);
        if (status.Type != (step.Argument0 & FileModes.S_IFMT) || number != step.Argument1)
        {
            clone.Dispose();
            throw new LaunchException($"open_tree {step.Text0}: it is not the device that belongs there: repair the host's {step.Text0}");
        }

        return clone;
    }

    /// <summary>A dev_t as the kernel packs it: new_encode_dev of linux/kdev_t.h.</summary>
    private static ulong KernelNumber(uint major, uint minor) => (minor & 0xff) | (major << 8) | ((ulong)(minor & ~0xffU) << 12);
}

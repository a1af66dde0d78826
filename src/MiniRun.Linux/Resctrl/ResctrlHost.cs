using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Mounts;

namespace MiniRun.Linux.Resctrl;

/// <summary>
/// The host's resctrl file system: Intel RDT's classes of service, one folder each. Tests derive from it to stand for a kernel
/// that fills and clears the folders. Source: Documentation/filesystems/resctrl.rst.
/// </summary>
/// <param name="mountPoint">Where it is mounted, without a slash at the end.</param>
public class ResctrlHost(string mountPoint)
{
    private const uint FolderMode = 0x1ed;

    public string MountPoint => mountPoint;

    /// <summary>The one of this mount namespace; null where none is mounted.</summary>
    /// <exception cref="MiniRunException">/proc is not mounted or not readable.</exception>
    public static ResctrlHost? TryDetect() => Find(HostFile.ReadText(MountInfoLine.Path, MountInfoLine.LargestTable)) is { } found ? new ResctrlHost(found) : null;

    /// <summary>The mount point in the text of mountinfo, or null. The kernel has one such file system: all mounts show the same.</summary>
    public static string? Find(string mountinfo)
    {
        foreach (ReadOnlySpan<char> line in mountinfo.AsSpan().EnumerateLines())
        {
            if (MountInfoLine.PointOf(line, "resctrl") is { } mountPoint)
            {
                return mountPoint;
            }
        }

        return null;
    }

    /// <summary>A class of service or a monitoring group, there or not.</summary>
    public ResctrlGroup Group(string folder) => new(this, folder);

    /// <summary>Makes a group's folder, which the kernel fills.</summary>
    /// <exception cref="SyscallException">A kernel call failed; EEXIST: it is there already.</exception>
    public virtual void Make(string folder)
    {
        if (!HostDirectory.Make(folder, FolderMode))
        {
            throw new SyscallException("mkdir", folder, Errno.EEXIST);
        }
    }

    /// <summary>Removes a group's folder, which the kernel clears; its processes go to the group above. Without one nothing happens.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public virtual void Remove(string folder) => HostDirectory.RemoveEmpty(folder);
}

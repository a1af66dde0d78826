using System.Globalization;
using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Mounts;

/// <summary>
/// mount(2), which takes all options as one text of up to a page where fsconfig(2) takes 255 bytes a value. It is called from
/// /proc/self/fd, so that descriptors' numbers do for paths in the options: hundreds of layers fit.
/// </summary>
public static class PageOptions
{
    /// <summary>A page less the NUL at its end: 4095 bytes.</summary>
    public const int MaxLength = 4095;

    /// <summary>
    /// Mounts onto a folder and takes a detached clone of it. For a thread of its own in a mount namespace of its own (<see
    /// cref="MountNamespace.UnsharePrivate"/>): its working directory changes, and the mount stays on the folder.
    /// </summary>
    /// <param name="options">Paths in it are relative to /proc/self/fd.</param>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static FileDescriptor Mount(string type, string options, string folder)
    {
        if (Encoding.UTF8.GetByteCount(options) > MaxLength)
        {
            throw new MiniRunException($"mount {type}: its options are longer than the {MaxLength} bytes that the kernel takes");
        }

        using FileDescriptor target = HostFile.Open(folder, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
        KernelCall.Check(Libc.chdir("/proc/self/fd"), "chdir", "/proc/self/fd");
        KernelCall.Check(Libc.mount(type, Number(target), type, 0, options), "mount", $"{type} {options}");
        return DetachedMount.Clone(folder, recursive: false);
    }

    /// <summary>What names an open folder in the options.</summary>
    public static string Number(FileDescriptor folder) => folder.Number.ToString(CultureInfo.InvariantCulture);
}

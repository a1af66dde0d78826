using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux;

/// <summary>The kernel's security modules that confine a program from its execve on, as this host runs them.</summary>
/// <param name="AppArmor">AppArmor is enabled.</param>
/// <param name="Selinux">SELinux is enabled and has a policy.</param>
public sealed record SecurityModules(bool AppArmor, bool Selinux)
{
    private const int LargestFile = 4096;

    public static SecurityModules None { get; } = new(false, false);

    /// <summary>Asks the kernel: /sys/module/apparmor/parameters/enabled, and this process's SELinux label, which is "kernel" before a policy is loaded.</summary>
    public static SecurityModules Detect() => new(
        Text("/sys/module/apparmor/parameters/enabled").StartsWith('Y'),
        FileStatus.Of("/sys/fs/selinux/enforce") is not null && Text("/proc/self/attr/current").TrimEnd('\0', '\n') is not ("" or "kernel"));

    /// <summary>The SELinux label that a process takes on at its next execve; "" for no other.</summary>
    public static string LabelOnExecve(int pid) => Text($"/proc/{pid}/attr/exec").TrimEnd('\0', '\n');

    private static string Text(string path)
    {
        using FileDescriptor? opened = HostFile.TryOpen(path, OpenFlags.O_RDONLY, out _);
        if (opened is null)
        {
            return "";
        }

        try
        {
            return System.Text.Encoding.UTF8.GetString(HostFile.ReadBounded(opened, path, LargestFile));
        }
        catch (SyscallException)
        {
            // EINVAL: no module answers in this file.
            return "";
        }
    }
}

using System.Globalization;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>Who is in a pid namespace. Source: pid_namespaces(7), /proc/PID/ns/pid.</summary>
public static class PidNamespace
{
    /// <summary>The processes in the namespace of this one, as this process numbers them, ascending; null where it is this process's own, in which everybody is. Those of namespaces below it are left out.</summary>
    /// <exception cref="SyscallException">The process has ended, or belongs to another user.</exception>
    public static IReadOnlyList<int>? Members(int pid)
    {
        FileStatus wanted = Of($"{pid}") ?? throw new SyscallException("stat", $"/proc/{pid}/ns/pid", Errno.ESRCH);
        if (Of("self") is { } own && own.Inode == wanted.Inode)
        {
            return null;
        }

        List<int> members = [];
        foreach (string entry in HostDirectory.List("/proc"))
        {
            if (int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out int other) && IsIn(entry, wanted))
            {
                members.Add(other);
            }
        }

        members.Sort();
        return members;
    }

    /// <summary>Others' processes, and those that end meanwhile, are nobody's.</summary>
    private static bool IsIn(string entry, FileStatus wanted)
    {
        try
        {
            return Of(entry) is { } found && found.Inode == wanted.Inode;
        }
        catch (SyscallException unreadable) when (unreadable.Errno is Errno.EACCES or Errno.EPERM or Errno.ESRCH)
        {
            return false;
        }
    }

    private static FileStatus? Of(string process) => FileStatus.Of($"/proc/{process}/ns/pid");
}

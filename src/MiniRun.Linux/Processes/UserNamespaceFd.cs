using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>A user namespace nobody lives in: only its id mapping matters, for id-mapped mounts.</summary>
public static class UserNamespaceFd
{
    private const int Kill = 9;

    /// <summary>
    /// Makes one with these mappings, each the text of a uid_map or gid_map ("inside outside count" a line). For a mount the
    /// ids inside are those on the disk, the ids outside those that the mount shows.
    /// </summary>
    /// <exception cref="SyscallException">EPERM: mapping other ids than one's own needs CAP_SETUID and CAP_SETGID.</exception>
    public static unsafe FileDescriptor Create(string uidMap, string gidMap)
    {
        spawn_result held;
        if (SpawnShim.minirun_hold_user_namespace(&held) != 0)
        {
            throw new SyscallException(Spawn.CallOf(held.stage), "CLONE_NEWUSER", (Errno)held.error);
        }

        using Pidfd holder = new(FileDescriptor.Adopt(held.pidfd));
        try
        {
            Write($"/proc/{held.pid}/uid_map", uidMap);
            Write($"/proc/{held.pid}/gid_map", gidMap);
            return HostFile.Open($"/proc/{held.pid}/ns/user", OpenFlags.O_RDONLY);
        }
        finally
        {
            holder.Signal(Kill);
            holder.Wait();
        }
    }

    private static void Write(string path, string map)
    {
        using FileDescriptor file = HostFile.Open(path, OpenFlags.O_WRONLY);
        HostFile.WriteOnce(file, Encoding.ASCII.GetBytes(map), path);
    }
}

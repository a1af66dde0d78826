using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>A user namespace nobody lives in: only its id mapping matters, for id-mapped mounts.</summary>
public static class UserNamespaceFd
{
    /// <summary>
    /// Makes one with these mappings, each the text of a uid_map or gid_map ("inside outside count" a line). For a mount the
    /// ids inside are those on the disk, the ids outside those that the mount shows.
    /// </summary>
    /// <exception cref="SyscallException">EPERM: mapping other ids than one's own needs CAP_SETUID and CAP_SETGID.</exception>
    public static FileDescriptor Create(string uidMap, string gidMap)
    {
        using HolderProcess holder = HolderProcess.Start(NamespaceFlags.CLONE_NEWUSER);
        Write($"/proc/{holder.Pid}/uid_map", uidMap);
        Write($"/proc/{holder.Pid}/gid_map", gidMap);
        return HostFile.Open($"/proc/{holder.Pid}/ns/user", OpenFlags.O_RDONLY);
    }

    private static void Write(string path, string map)
    {
        using FileDescriptor file = HostFile.Open(path, OpenFlags.O_WRONLY);
        HostFile.WriteOnce(file, Encoding.ASCII.GetBytes(map), path);
    }
}

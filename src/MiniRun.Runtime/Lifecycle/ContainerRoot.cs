using System.Globalization;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>
/// The root of a running container as its first process sees it, with all that is mounted there. Everything inside is reached from
/// this one descriptor, by <see cref="RootedPath"/>: a process inside may swap what it likes, and leads nowhere else.
/// </summary>
public sealed class ContainerRoot : IDisposable
{
    private ContainerRoot(FileDescriptor descriptor, IReadOnlyList<IdMapping> uids, IReadOnlyList<IdMapping> gids)
    {
        Descriptor = descriptor;
        Uids = uids;
        Gids = gids;
    }

    /// <summary>O_PATH.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Users inside, as the caller's user namespace numbers them.</summary>
    public IReadOnlyList<IdMapping> Uids { get; }

    /// <summary>Groups inside.</summary>
    public IReadOnlyList<IdMapping> Gids { get; }

    public void Dispose() => Descriptor.Dispose();

    internal static ContainerRoot Open(ContainerFolder folder)
    {
        ContainerState state = folder.RequireState();
        using Pidfd init = state.Init?.Open() ?? throw new MiniRunException($"container not running: {folder.Id}");
        int pid = state.Init.Pid;
        FileDescriptor root = HostFile.Open(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/root"), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
        try
        {
            ContainerRoot opened = new(root, IdTranslation.Read(pid, "uid_map").Mappings, IdTranslation.Read(pid, "gid_map").Mappings);

            // All was read by number. As long as the process has not been reaped, the number was its own.
            if (!init.Signal(0))
            {
                throw new MiniRunException($"container not running: {folder.Id}");
            }

            CheckNotHosts(root, folder.Id);
            return opened;
        }
        catch
        {
            root.Dispose();
            throw;
        }
    }

    /// <summary>A first process that has not left the host's root yet would make every path inside one of the host's.</summary>
    private static void CheckNotHosts(FileDescriptor root, ContainerId id)
    {
        FileStatus inside = FileStatus.Of(root, "the container's root");
        if (FileStatus.Of("/") is { } own && own.Inode == inside.Inode && own.MountId == inside.MountId)
        {
            throw new MiniRunException($"container {id} is not in a root of its own yet: try again");
        }
    }
}

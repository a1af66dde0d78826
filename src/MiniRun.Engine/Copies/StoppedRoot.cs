using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Monitoring;
using MiniRun.Engine.Snapshots;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan;

namespace MiniRun.Engine.Copies;

/// <summary>The root of a container that does not run: an overlay of its image's layers and its own changes that nobody else sees, or its copy of the image.</summary>
internal sealed class StoppedRoot : IDisposable
{
    private const int MonitorsEndMilliseconds = 3000; // the program's end is told before its monitor has gone

    private readonly FileLock? _unstarted;
    private StagingFolder? _staging;

    private StoppedRoot(FileLock? unstarted)
    {
        _unstarted = unstarted;
    }

    internal FileDescriptor Descriptor { get; private set; } = null!;

    internal IdRanges Uids { get; private set; } = new([]);

    internal IdRanges Gids { get; private set; } = new([]);

    /// <summary>Opens it; for writing, it cannot be started before this is disposed: two overlays must not write to one folder.</summary>
    /// <exception cref="MiniRunException">It is being started, or its image is gone.</exception>
    internal static StoppedRoot Open(ContainerStore store, ContainerRecord record, bool writes)
    {
        StoppedRoot root = new(writes ? Reserve(store, record) : null);
        try
        {
            root.OpenFiles(store, record, writes);
            return root;
        }
        catch
        {
            root.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Descriptor?.Dispose();
        _staging?.Dispose();
        _unstarted?.Dispose();
    }

    private static FileLock Reserve(ContainerStore store, ContainerRecord record) => MonitorLock.TryTake(store.FolderOf(record.Id), MonitorsEndMilliseconds)
        ?? throw new MiniRunException($"container {record.Name} is just being started, or another copy is written to it: try again");

    private void OpenFiles(ContainerStore store, ContainerRecord record, bool writes)
    {
        ContainerFiles files = ContainerFiles.Of(store, record.Id);
        if (files.Upper is not { } upper)
        {
            Descriptor = HostFile.OpenDirectory(files.Copy!);
            return;
        }

        UserMappings users = files.Users;
        GiveToRoot(upper, users);
        Uids = new IdRanges(users.Uids);
        Gids = new IdRanges(users.Gids);
        if (writes)
        {
            Descriptor = Mount(users, files.Layers, files.Layers, upper, $"{store.FolderOf(record.Id)}/work");
            return;
        }

        // What the container has changed as the topmost of the layers, below a folder that stays empty: so nothing is written.
        _staging = StagingFolder.Make(store.Data.Staging);
        HostDirectory.Make($"{_staging.Path}/upper");
        HostDirectory.Make($"{_staging.Path}/work");
        Descriptor = Mount(users, [upper, .. files.Layers], files.Layers, $"{_staging.Path}/upper", $"{_staging.Path}/work");
    }

    /// <summary>Gives the container's folder to its root, as its start will, so that what is made in it can be.</summary>
    private static void GiveToRoot(string upper, UserMappings users)
    {
        if (FileStatus.Of(upper) is { Uid: 0 } && users.Any)
        {
            HostDirectory.ChangeOwner(upper, users.Uids[0].HostId, users.Gids[0].HostId);
        }
    }

    private static FileDescriptor Mount(UserMappings users, IReadOnlyList<string> lower, IReadOnlyList<string> mapped, string upper, string work)
    {
        if (!users.Any)
        {
            return HostOverlay.Mount(lower, upper, work);
        }

        using FileDescriptor userNamespace = UserNamespaceFd.Create(MountIdMap.Lines(users.Uids), MountIdMap.Lines(users.Gids));
        return HostOverlay.MountMapped(lower, mapped, upper, work, userNamespace);
    }
}

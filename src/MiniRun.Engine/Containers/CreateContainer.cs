using MiniRun.Engine.Images;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Monitoring;
using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Runtime;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun create`, and the first half of `run`: finds all that a container needs, and makes its folder, name, files and record.</summary>
/// <param name="store">The containers.</param>
/// <param name="images">Where images come from.</param>
/// <param name="read">Reads a record's words, see <see cref="ContainerRecord.Run"/>.</param>
public sealed class CreateContainer(ContainerStore store, ImageSupply images, RunWordsReader read)
{
    private const uint TraversableFolder = 0x1ed; // 0755

    /// <summary>Makes a container whose program is started later.</summary>
    /// <exception cref="MiniRunException">It could not be made; nothing is left of it.</exception>
    public ContainerId Create(RunRequest request, RunObserver observer)
    {
        ContainerId id = ContainerStore.NewId();
        try
        {
            Make(request, observer, id).Lock.Dispose();
            return id;
        }
        catch (Exception failure)
        {
            RemoveAfter(failure, id);
            throw;
        }
    }

    /// <summary>
    /// Everything up to the launch. Once the record is written it keeps the image from being removed; until then the store's lock does. The
    /// container's own lock, which is the caller's then, keeps others from starting or removing what is not whole yet.
    /// </summary>
    internal (PreparedContainer Prepared, ContainerRecord Record, FileLock Lock) Make(RunRequest request, RunObserver observer, ContainerId id)
    {
        using IDisposable use = new ImageStore(store.Data).Use();
        Image image = images.Get(request.Image, request.Pull, request.Platform);
        IReadOnlyDictionary<string, Image> mounted = MountedImages.Find(request.Files.Mounts, name => images.Get(name, request.Pull, request.Platform));
        using IDisposable? volumes = HasVolumes(request.Files, image) ? new VolumeStore(store.Data).Use() : null;
        IReadOnlyList<UserMount> asked = HostSources.Resolve(request.Files.Mounts, new VolumeStore(store.Data));
        DecidedMounts mounts = DecidedMounts.Of(asked, image.Config.Volumes, new InheritedMounts(store, read).Of(request.Files.VolumesFrom), VolumeName.New);
        RunRequest decided = request with { Files = request.Files with { Mounts = mounts.Mounts } };
        PreparedContainer prepared = new ContainerPreparation(store.Data).Prepare(decided, image, mounted, id, observer.Step);
        HostSources.Make(mounts.Mounts);
        string name = store.Add(id, request.Name);
        FileLock alone = MonitorLock.Take(store.FolderOf(id));
        try
        {
            return (prepared, MakeIn(prepared, request, name, mounts, mounted, observer), alone);
        }
        catch
        {
            alone.Dispose();
            throw;
        }
    }

    private ContainerRecord MakeIn(PreparedContainer prepared, RunRequest request, string name, DecidedMounts mounts, IReadOnlyDictionary<string, Image> mounted, RunObserver observer)
    {
        ContainerRecord record = RecordOf(prepared, request, name) with { Mounts = RunWords.Of(mounts.Mounts), Sources = HostSources.Recorded(mounts.Mounts), Volumes = mounts.Volumes(), MountedImages = MountedImages.Recorded(mounted) };
        MakeFiles(prepared, record);
        store.Events.Container(record, "create");
        new ContainerVolumes(store.Data).Make(prepared, mounts.Anonymous);
        observer.Created?.Invoke(prepared.Create.Id, name);
        if (prepared.WhyCopied is not null)
        {
            observer.Remark?.Invoke(prepared.WhyCopied);
        }

        return record;
    }

    /// <summary>Clears what is left of a container that could not be made or started.</summary>
    internal void RemoveAfter(Exception failure, ContainerId id)
    {
        try
        {
            ContainerEnd.Remove(store, id);
        }
        catch (MiniRunException cleanup)
        {
            // The first failure is the one to tell; what is left is named with it.
            failure.Data["cleanup"] = $"and {store.FolderOf(id)} is left ({cleanup.Message}): minirun rm -f {id.Short}";
        }
    }

    private static bool HasVolumes(FileChoices files, Image image)
    {
        bool any = image.Config.Volumes.Count + files.VolumesFrom.Count > 0;
        foreach (UserMount mount in files.Mounts)
        {
            any |= mount is VolumeMount;
        }

        return any;
    }

    private static ContainerRecord RecordOf(PreparedContainer prepared, RunRequest asked, string name) => new()
    {
        Id = prepared.Create.Id,
        Name = name,
        Image = asked.Image,
        Manifest = prepared.Image.Stored?.ManifestDescriptor.Digest,
        Command = prepared.Bundle.Spec.Process!.Args,
        Created = DateTimeOffset.UtcNow,
        Run = RunWords.Of(asked with { Name = null }),
        Ids = RecordedIds.Of(prepared),
    };

    private void MakeFiles(PreparedContainer prepared, ContainerRecord record)
    {
        store.Write(record);
        Faults.Point(FaultPoint.EngineRecord);
        MakeRoot(prepared);
        new NetworkFiles(store).Write(prepared);
        RecordedSeccomp.Write(store.FolderOf(record.Id), prepared.SeccompFile);
        Faults.Point(FaultPoint.EngineFiles);
    }

    private void MakeRoot(PreparedContainer prepared)
    {
        if (prepared.Create.Root is RootSource.Folder copy)
        {
            ImageCopy.Make(prepared.Image, copy.Path, new ImageStore(store.Data).Blobs);
            return;
        }

        string folder = store.FolderOf(prepared.Create.Id);
        HostDirectory.Make($"{folder}/upper", TraversableFolder);
        HostDirectory.ChangeMode($"{folder}/upper", TraversableFolder); // its mode is the mode of "/" inside, and users live there
        HostDirectory.Make($"{folder}/work");
    }
}

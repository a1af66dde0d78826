using MiniRun.Engine.Images;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Lifecycle;
using MiniRun.Runtime.Plan;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun run` in the foreground: prepare, make the container's folder, launch, wait, record or remove.</summary>
public sealed class RunContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime, ImageSupply images)
{
    private const uint TraversableFolder = 0x1ed; // 0755

    /// <summary>Runs a container to its end.</summary>
    /// <exception cref="MiniRunException">It could not be made; nothing is left of it.</exception>
    public RunOutcome Run(RunRequest request, RunObserver observer)
    {
        ContainerId id = ContainerStore.NewId();
        try
        {
            (PreparedContainer prepared, ContainerRecord record) = Make(request, observer, id);
            ExitReport report = runtime.Run(prepared.Create, new RunOptions { OnStarted = observer.Started });
            Finish(record, report, request.Remove);
            return new RunOutcome(report.Status, OutOfMemory.Remark(report, prepared.Bundle.Spec.Linux.Resources));
        }
        catch (Exception failure)
        {
            RemoveAfter(failure, id);
            throw;
        }
    }

    /// <summary>Everything up to the launch. Once the record is written it keeps the image from being removed; until then the lock does.</summary>
    private (PreparedContainer Prepared, ContainerRecord Record) Make(RunRequest request, RunObserver observer, ContainerId id)
    {
        using IDisposable use = new ImageStore(store.Data).Use();
        Image image = images.Get(request.Image, request.Pull, request.Platform);
        PreparedContainer prepared = new ContainerPreparation(store.Data).Prepare(request, image, id, observer.Step);
        MakeSources(request.Files.Mounts);
        string name = store.Add(id, request.Name);
        ContainerRecord record = MakeFiles(prepared, name);
        observer.Created?.Invoke(id, name);
        if (prepared.WhyCopied is not null)
        {
            observer.Remark?.Invoke(prepared.WhyCopied);
        }

        return (prepared, record);
    }

    private static void MakeSources(IReadOnlyList<UserMount> mounts)
    {
        foreach (UserMount mount in mounts)
        {
            if (mount is not BindMount bind || FileStatus.Of(bind.Source) is not null)
            {
                continue;
            }

            if (!bind.MakeSource)
            {
                throw new MiniRunException($"invalid mount config for type \"bind\": bind source path does not exist: {bind.Source} (--mount makes none; -v does)");
            }

            HostDirectory.MakeAll(bind.Source, TraversableFolder);
        }
    }

    private ContainerRecord MakeFiles(PreparedContainer prepared, string name)
    {
        ContainerId id = prepared.Create.Id;
        var record = new ContainerRecord
        {
            Id = id,
            Name = name,
            Image = prepared.Request.Image,
            Manifest = prepared.Image.Stored?.ManifestDescriptor.Digest,
            Command = prepared.Bundle.Spec.Process!.Args,
            Created = DateTimeOffset.UtcNow,
        };
        store.Write(record);
        Faults.Point(FaultPoint.EngineRecord);
        MakeRoot(prepared);
        new NetworkFiles(store).Write(prepared);
        Faults.Point(FaultPoint.EngineFiles);
        return record;
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

    private void Finish(ContainerRecord record, ExitReport report, bool remove)
    {
        if (remove)
        {
            store.Remove(record.Id);
            return;
        }

        try
        {
            store.Write(record with { ExitCode = report.Status, Finished = DateTimeOffset.UtcNow });
        }
        catch (SyscallException gone) when (gone.Errno == Errno.ENOENT)
        {
            // `rm -f` of a running container ends its program first: nothing is left to write to.
        }
    }

    private void RemoveAfter(Exception failure, ContainerId id)
    {
        try
        {
            store.Remove(id);
        }
        catch (MiniRunException cleanup)
        {
            // The first failure is the one to tell; what is left is named with it.
            failure.Data["cleanup"] = $"and {store.FolderOf(id)} is left ({cleanup.Message}): minirun rm -f {id.Value[..12]}";
        }
    }
}

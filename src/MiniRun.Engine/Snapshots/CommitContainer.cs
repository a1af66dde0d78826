using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Interop;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Snapshots;

/// <summary>`minirun commit`: what a container has changed becomes a layer on its image; all its files become one where the image is a sample, or was copied.</summary>
/// <param name="containers">The containers.</param>
/// <param name="runtime">Knows which of them run.</param>
/// <param name="read">Reads a record's words, see <see cref="ContainerRecord.Run"/>.</param>
public sealed class CommitContainer(ContainerStore containers, Runtime.Lifecycle.Containers runtime, RunWordsReader read)
{
    /// <summary>Makes the image.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="request">What the image is called, and what it says of itself.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="MiniRunException">There is no such container, or its image is gone.</exception>
    public Digest Commit(string reference, CommitRequest request)
    {
        ContainerId id = containers.Find(reference);
        ImageStore store = new(containers.Data);
        using IDisposable use = store.Use();
        store.RemoveDead();
        ContainerFiles files = ContainerFiles.Of(containers, id);
        ImageConfig config = ConfigChanges.Apply(ConfigOf(files), request.Changes);
        using StagingFolder staging = StagingFolder.Make(store.Staging);
        bool isLayer = files is { Stored: not null, Upper: not null };
        (Descriptor layer, Digest diffId) = Paused(id, request.Pause, () => isLayer ? AddChanges(store, files, staging.Path) : AddAll(store, files, staging.Path));
        Digest made = new NewImage
        {
            Base = isLayer ? files.Stored : null,
            Platform = files.Stored?.Document.Platform ?? Platform.Host,
            Config = config,
            Layer = layer,
            DiffId = diffId,
            CreatedBy = string.Join(' ', files.Record.Command),
            Comment = request.Message,
            Author = request.Author,
            Name = request.Name,
        }.Add(store, DateTimeOffset.UtcNow);
        containers.Events.Container(files.Record, "commit", ("comment", request.Message), ("imageID", made.ToString()), ("imageRef", request.Name?.Familiar ?? ""));
        return made;
    }

    private static (Descriptor Blob, Digest DiffId) AddChanges(ImageStore store, ContainerFiles files, string scratch)
    {
        PackOptions options = files.Packing(files.Stubs(scratch)) with { Source = PackSource.OverlayUpper };
        return store.AddLayer(files.Upper!, options, CancellationToken.None);
    }

    private static (Descriptor Blob, Digest DiffId) AddAll(ImageStore store, ContainerFiles files, string scratch)
    {
        using FileDescriptor root = files.Open(scratch);
        return store.AddLayer(root, files.Packing(files.Stubs(scratch)), CancellationToken.None);
    }

    /// <summary>What the image says, and `run` over it; of a container that a build or an older version made, only the command is known.</summary>
    private ImageConfig ConfigOf(ContainerFiles files) => files.Record.Run.Count > 0
        ? CommittedConfig.Of(read(files.Record.Run), files.Config)
        : WithCommand(files.Config, files.Record.Command);

    /// <summary>The command that the container was started with, where it is not the image's own.</summary>
    private static ImageConfig WithCommand(ImageConfig config, IReadOnlyList<string> command)
    {
        int own = config.Entrypoint.Count;
        return command.Take(own).SequenceEqual(config.Entrypoint)
            ? config with { Cmd = [.. command.Skip(own)] }
            : config with { Entrypoint = [], Cmd = command };
    }

    private T Paused<T>(ContainerId id, bool wanted, Func<T> pack)
    {
        if (!wanted || !Runs(id))
        {
            return pack();
        }

        runtime.Pause(id);
        try
        {
            return pack();
        }
        finally
        {
            runtime.Resume(id);
        }
    }

    private bool Runs(ContainerId id)
    {
        try
        {
            return runtime.State(id).Status is ContainerStatus.Running;
        }
        catch (NoSuchContainerException)
        {
            return false;
        }
    }
}

using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Snapshots;

/// <summary>`minirun commit`: what a container has changed becomes a layer on its image.</summary>
public sealed class CommitContainer(ContainerStore containers, Runtime.Lifecycle.Containers runtime)
{
    /// <summary>Makes the image.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="request">What the image is called, and what it says of itself.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="MiniRunException">There is no such container; or it lies on a sample, or on a copy, so that its changes are no layer.</exception>
    public Digest Commit(string reference, CommitRequest request)
    {
        ContainerId id = containers.Find(reference);
        ImageStore store = new(containers.Data);
        using IDisposable use = store.Use();
        store.RemoveDead();
        ContainerFiles files = ContainerFiles.Of(containers, id);
        if (files.Image is not { } image || files.Upper is not { } upper)
        {
            throw new MiniRunException($"container {id.Value[..12]} lies on {(files.Image is null ? "a sample" : "a copy of its image")}, so its changes are no layer: minirun export and minirun import make an image of all its files");
        }

        ImageConfig config = ConfigChanges.Apply(WithCommand(image.Document.Config, files.Record.Command), request.Changes);
        PackOptions options = new() { Source = PackSource.OverlayUpper, Uid = files.ToContainer, Gid = files.ToContainer };
        (Descriptor layer, Digest diffId) = Paused(id, request.Pause, () => store.AddLayer(upper, options, CancellationToken.None));
        return new NewImage
        {
            Base = image,
            Config = config,
            Layer = layer,
            DiffId = diffId,
            CreatedBy = string.Join(' ', files.Record.Command),
            Comment = request.Message,
            Author = request.Author,
            Name = request.Name,
        }.Add(store, DateTimeOffset.UtcNow);
    }

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

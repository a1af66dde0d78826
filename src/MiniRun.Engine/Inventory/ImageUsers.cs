using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Names;
using MiniRun.Linux;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Inventory;

/// <summary>The containers that are made of images, running or not.</summary>
internal sealed class ImageUsers(ContainerStore containers, Runtime.Lifecycle.Containers runtime)
{
    /// <summary>The manifests that containers need.</summary>
    internal IReadOnlyList<Digest> Manifests()
    {
        List<Digest> manifests = [];
        foreach (ContainerId id in containers.List())
        {
            manifests.AddRange(ManifestsOf(id));
        }

        return manifests;
    }

    /// <summary>The containers of one image, and whether they run.</summary>
    internal IReadOnlyList<(ContainerId Id, bool Runs)> Of(Digest manifest)
    {
        List<(ContainerId, bool)> users = [];
        foreach (ContainerId id in containers.List())
        {
            if (ManifestsOf(id).Contains(manifest))
            {
                users.Add((id, Runs(id)));
            }
        }

        return users;
    }

    /// <summary>The image a container is made of, and those among its mounts.</summary>
    private List<Digest> ManifestsOf(ContainerId id)
    {
        List<Digest> manifests = [];
        try
        {
            if (containers.Read(id) is { } record)
            {
                manifests.AddRange(record.MountedImages.Select(static mount => mount.Manifest).OfType<Digest>());
                manifests.AddRange(record.Manifest is { } manifest ? [manifest] : []);
            }
        }
        catch (MiniRunException)
        {
            // A damaged container cannot be started again, so it needs no image.
        }

        return manifests;
    }

    private bool Runs(ContainerId id)
    {
        try
        {
            return runtime.State(id).Status is not ContainerStatus.Stopped;
        }
        catch (NoSuchContainerException)
        {
            return false;
        }
    }
}

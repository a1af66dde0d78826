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
            if (ManifestOf(id) is { } manifest)
            {
                manifests.Add(manifest);
            }
        }

        return manifests;
    }

    /// <summary>The containers of one image, and whether they run.</summary>
    internal IReadOnlyList<(ContainerId Id, bool Runs)> Of(Digest manifest)
    {
        List<(ContainerId, bool)> users = [];
        foreach (ContainerId id in containers.List())
        {
            if (ManifestOf(id) == manifest)
            {
                users.Add((id, Runs(id)));
            }
        }

        return users;
    }

    private Digest? ManifestOf(ContainerId id)
    {
        try
        {
            return containers.Read(id)?.Manifest;
        }
        catch (MiniRunException)
        {
            // A damaged container cannot be started again, so it needs no image.
            return null;
        }
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

using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;

namespace MiniRun.Engine.Inventory;

/// <summary>`minirun system df -v`: what each image and volume takes.</summary>
public sealed class DiskUsageDetails(ImageStore store, ContainerStore containers, Runtime.Lifecycle.Containers runtime)
{
    /// <summary>All images, the newest first.</summary>
    /// <exception cref="MiniRunException">The store is damaged.</exception>
    public IReadOnlyList<ImageUsage> Images()
    {
        IReadOnlyList<ImageSummary> images = new ListImages(store).List();
        Dictionary<Digest, int> owners = images.DistinctBy(static image => image.Id).SelectMany(static image => image.Image.Document.DiffIds.Distinct()).CountBy(static layer => layer).ToDictionary();
        Dictionary<Digest, int> users = new ImageUsers(containers, runtime).Manifests().CountBy(static manifest => manifest).ToDictionary();
        return [.. images.Select(image =>
        {
            long unique = image.Image.Document.DiffIds.Distinct().Where(layer => owners[layer] == 1).Sum(store.Layers.SizeOf);
            return new ImageUsage(image, image.Size - unique, unique, users.GetValueOrDefault(image.Reference.Manifest.Digest));
        })];
    }

    /// <summary>All volumes, by name.</summary>
    /// <exception cref="MiniRunException">A volume is damaged, or a folder cannot be read.</exception>
    public IReadOnlyList<VolumeUsage> Volumes()
    {
        VolumeStore volumes = new(containers.Data);
        var users = VolumeUsers.Read(containers);
        return [.. volumes.List().Select(volume => new VolumeUsage(volume, users.Of(volume.Name).Count, volumes.SizeOf(volume.Name)))];
    }
}

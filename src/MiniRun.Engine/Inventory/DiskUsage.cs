using MiniRun.Engine.Build.Steps;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Runtime;

namespace MiniRun.Engine.Inventory;

/// <summary>`minirun system df`: what images and containers take on disk.</summary>
public sealed class DiskUsage(ImageStore store, ContainerStore containers, Runtime.Lifecycle.Containers runtime)
{
    /// <summary>Images: unpacked and compressed layers, each counted once; reclaimable is what no container needs.</summary>
    /// <exception cref="MiniRunException">The store is damaged.</exception>
    public DiskUsageLine Images()
    {
        HashSet<Digest> inUse = [.. new ImageUsers(containers, runtime).Manifests()];
        HashSet<Digest> all = [];
        HashSet<Digest> needed = [];
        HashSet<Digest> images = [];
        HashSet<Digest> active = [];
        foreach (StoredReference reference in store.References())
        {
            StoredImage image = store.Open(reference);
            images.Add(image.Id);
            Contents(image, all);
            if (inUse.Contains(reference.Manifest.Digest))
            {
                active.Add(image.Id);
                Contents(image, needed);
            }
        }

        long size = Size(all);
        return new DiskUsageLine("Images", images.Count, active.Count, size, size - Size(needed));
    }

    /// <summary>Containers: what each has written, logs included; reclaimable is what ended ones have.</summary>
    /// <exception cref="MiniRunException">A folder cannot be read.</exception>
    public DiskUsageLine Containers()
    {
        int total = 0;
        int active = 0;
        long size = 0;
        long reclaimable = 0;
        HashSet<ContainerId> running = [.. new ListContainers(containers, runtime).List(all: false).Select(container => container.Id)];
        foreach (ContainerId id in containers.List())
        {
            long bytes = TreeSize.Of(containers.FolderOf(id));
            total++;
            size += bytes;
            active += running.Contains(id) ? 1 : 0;
            reclaimable += running.Contains(id) ? 0 : bytes;
        }

        return new DiskUsageLine("Containers", total, active, size, reclaimable);
    }

    /// <summary>Volumes: their files; active are those that containers have, and reclaimable is what the others take.</summary>
    /// <exception cref="MiniRunException">A volume is damaged, or a folder cannot be read.</exception>
    public DiskUsageLine Volumes()
    {
        VolumeStore volumes = new(containers.Data);
        var users = VolumeUsers.Read(containers);
        int total = 0;
        int active = 0;
        long size = 0;
        long reclaimable = 0;
        foreach (Volume volume in volumes.List())
        {
            long bytes = volumes.SizeOf(volume.Name);
            bool used = users.Of(volume.Name).Count > 0;
            total++;
            size += bytes;
            active += used ? 1 : 0;
            reclaimable += used ? 0 : bytes;
        }

        return new DiskUsageLine("Local Volumes", total, active, size, reclaimable);
    }

    /// <summary>Build cache: what is remembered of steps; their layers are counted as images'. Nothing needs it, so all can go.</summary>
    /// <exception cref="MiniRunException">The cache cannot be read.</exception>
    public DiskUsageLine BuildCache()
    {
        (int count, long bytes) = new StepCache(containers.Data, store).Size();
        return new DiskUsageLine("Build Cache", count, 0, bytes, bytes);
    }

    private static void Contents(StoredImage image, HashSet<Digest> contents)
    {
        contents.UnionWith(image.Document.DiffIds);
        contents.UnionWith(image.Manifest.Layers.Select(layer => layer.Digest));
    }

    private long Size(HashSet<Digest> contents)
    {
        long size = 0;
        foreach (Digest digest in contents)
        {
            size += store.Layers.SizeOf(digest) + (store.Blobs.SizeOf(digest) ?? 0);
        }

        return size;
    }
}

using MiniRun.Engine.Images;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;

namespace MiniRun.Engine.Containers;

/// <summary>The image that a container was made of, whatever its name means by now.</summary>
internal static class RecordedImage
{
    /// <summary>The image in the store; null for a sample.</summary>
    /// <exception cref="MiniRunException">The store is damaged.</exception>
    internal static StoredImage? Stored(DataRoot data, ContainerRecord record)
    {
        ImageStore store = new(data);
        return record.Manifest is { } manifest ? store.Open(new Descriptor("", manifest, store.Blobs.SizeOf(manifest) ?? 0)) : null;
    }

    /// <summary>The images among a container's mounts, by destination.</summary>
    /// <exception cref="MiniRunException">One is not here any more, or the store is damaged.</exception>
    internal static IReadOnlyDictionary<string, Image> Mounted(DataRoot data, ContainerRecord record)
    {
        Dictionary<string, Image> images = [];
        foreach (RecordedImageMount mount in record.MountedImages)
        {
            images[mount.Destination] = Of(data, record with { Image = mount.Image, Manifest = mount.Manifest });
        }

        return images;
    }

    /// <summary>The image, ready to run.</summary>
    /// <exception cref="MiniRunException">It is a sample that is not here any more, or the store is damaged.</exception>
    internal static Image Of(DataRoot data, ContainerRecord record)
    {
        LocalImages local = new(data);
        return (Stored(data, record) is { } stored ? local.Open(record.Image, stored) : local.Find(record.Image))
            ?? throw new MiniRunException($"the image of container {record.Id.Short}, {record.Image}, is not here any more");
    }
}

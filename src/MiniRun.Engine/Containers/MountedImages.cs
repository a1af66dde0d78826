using MiniRun.Engine.Images;
using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;

namespace MiniRun.Engine.Containers;

/// <summary>The images among a container's mounts.</summary>
internal static class MountedImages
{
    internal static readonly IReadOnlyDictionary<string, Image> None = new Dictionary<string, Image>();

    /// <summary>Gets them, by destination.</summary>
    internal static IReadOnlyDictionary<string, Image> Find(IReadOnlyList<UserMount> mounts, Func<string, Image> get)
    {
        Dictionary<string, Image>? images = null;
        foreach (UserMount mount in mounts)
        {
            if (mount is ImageMount image)
            {
                images ??= [];
                images[mount.Destination] = get(image.Image);
            }
        }

        return images ?? None;
    }

    /// <summary>As a container's record has them.</summary>
    internal static IReadOnlyList<RecordedImageMount> Recorded(IReadOnlyDictionary<string, Image> images)
    {
        List<RecordedImageMount> recorded = [];
        foreach ((string destination, Image image) in images)
        {
            recorded.Add(new RecordedImageMount(destination, image.Name, image.Stored?.ManifestDescriptor.Digest));
        }

        return recorded;
    }
}

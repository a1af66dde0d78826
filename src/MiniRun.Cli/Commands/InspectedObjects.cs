using System.Text.Json;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Inspection;
using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;

namespace MiniRun.Cli.Commands;

/// <summary>What `inspect` can be asked for: containers, images and volumes, by names that may be any's.</summary>
/// <param name="containers">Finds containers.</param>
/// <param name="images">Finds images.</param>
/// <param name="volumes">Finds volumes.</param>
/// <param name="type">"container", "image" or "volume"; null is any, in this order.</param>
/// <param name="size">Whether containers' sizes are counted.</param>
internal sealed class InspectedObjects(InspectContainer containers, ImageStore images, VolumeStore volumes, string? type, bool size)
{
    /// <summary>All that is known of it, in docker's shape.</summary>
    /// <exception cref="MiniRunException">There is no such thing, in docker's words, or the store is damaged.</exception>
    internal JsonElement Get(string name)
    {
        if ((type is null or "container") && containers.TryInspect(name, size) is { } container)
        {
            return FormattedDocument.Of(json => ContainerJson.Write(json, container));
        }

        if ((type is null or "image") && FindImage(name) is { } image)
        {
            return FormattedDocument.Of(json => ImageJson.Write(json, image, images.SizeOf(image), [.. images.References().Where(reference => reference.Manifest.Digest == image.ManifestDescriptor.Digest)]));
        }

        return (type is null or "volume") && VolumeName.TryParse(name) is { } valid && volumes.Find(valid) is { } volume
            ? FormattedDocument.Of(json => VolumeJson.Write(json, volume, volumes))
            : throw NotFound(name);
    }

    private MiniRunException NotFound(string name) => type switch
    {
        null => new MiniRunException($"no such object: {name}"),
        "volume" => new NoSuchVolumeException(name),
        _ => new MiniRunException($"No such {type}: {name}"),
    };

    /// <summary>What cannot be an image's name is none.</summary>
    private StoredImage? FindImage(string name)
    {
        try
        {
            ImageReference.Parse(name);
        }
        catch (MiniRunException) when (Digest.TryParse(name) is null && !name.All(char.IsAsciiHexDigitLower))
        {
            return null;
        }
        catch (MiniRunException)
        {
            // The beginning of an id.
        }

        return images.Find(name);
    }
}

using MiniRun.Engine.Images.Names;
using MiniRun.Linux;

namespace MiniRun.Engine.Images;

/// <summary>Gives containers their image: what is here, or what a registry has.</summary>
/// <param name="data">Where images are kept.</param>
/// <param name="pull">Brings an image of this name into the store, for a platform if one is given.</param>
public sealed class ImageSupply(DataRoot data, Action<ImageReference, Platform?> pull)
{
    /// <summary>Told that an image is not here, before it is pulled.</summary>
    public Action<ImageReference> Missing { get; init; } = static _ => { };

    /// <summary>The image, ready to run. The caller holds the store's use, so that it stays.</summary>
    /// <exception cref="MiniRunException">It is nowhere, cannot be pulled, or may not be.</exception>
    public Image Get(string name, PullPolicy policy, Platform? platform)
    {
        var local = new LocalImages(data);
        if (policy != PullPolicy.Always && local.Find(name) is { } image && Fits(image, platform))
        {
            return image;
        }

        if (policy == PullPolicy.Never)
        {
            throw new MiniRunException($"No such image: {name}: --pull never forbids to ask a registry for it; {new SampleImages(data).Known()}");
        }

        var reference = ImageReference.Parse(name);
        if (policy != PullPolicy.Always)
        {
            Missing(reference);
        }

        pull(reference, platform);
        return local.Find(name) ?? throw new MiniRunException($"No such image: {name}: it was pulled, and removed again meanwhile");
    }

    /// <summary>Whether the image is for the platform that was asked for; without one, whatever is here is meant.</summary>
    private static bool Fits(Image image, Platform? platform) =>
        platform is null || image.Stored is null || platform.Accepts(image.Stored.Document.Platform);
}

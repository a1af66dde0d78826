using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;

namespace MiniRun.Engine.Images;

/// <summary>The images that are here already: those of the store, then the built samples.</summary>
public sealed class LocalImages(DataRoot data)
{
    private readonly ImageStore _store = new(data);

    /// <summary>Finds an image by name or id; null where there is none. The store must not lose it meanwhile: <see cref="ImageStore.Use"/>.</summary>
    /// <exception cref="MiniRunException">The name is none, or the store is damaged.</exception>
    public Image? Find(string text) =>
        _store.Find(text) is { } stored ? Open(text, stored) : new SampleImages(data).TryFind(text);

    /// <summary>Finds an image that must be there.</summary>
    /// <exception cref="MiniRunException">There is none of that name, the name is none, or the store is damaged.</exception>
    public Image Get(string text) => Find(text) ?? throw new MiniRunException($"No such image: {text}: {new SampleImages(data).Known()}");

    /// <summary>An image of the store, ready to run.</summary>
    /// <exception cref="MiniRunException">The store is damaged.</exception>
    public Image Open(string name, StoredImage stored)
    {
        var layers = new string[stored.Document.DiffIds.Count];
        for (int i = 0; i < layers.Length; i++)
        {
            Digest diffId = stored.Document.DiffIds[i];
            layers[^(i + 1)] = _store.Layers.Contains(diffId)
                ? _store.Layers.PathOf(diffId)
                : throw new MiniRunException($"layer {diffId} of {name} is not unpacked: the store is damaged; pull or load the image again");
        }

        return layers.Length > 0
            ? new Image(name, layers, stored.Document.Config) { Stored = stored }
            : throw new MiniRunException($"{name} has no layers, so there is nothing in it to run");
    }
}

using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;

namespace MiniRun.Engine.Images;

/// <summary>The images that are here already: those of the store, then the built samples.</summary>
public sealed class LocalImages(DataRoot data)
{
    private readonly ImageStore _store = new(data);

    /// <summary>Finds an image by name or id and sees to it that its layers are unpacked; null where there is none. The store must not lose it meanwhile: <see cref="ImageStore.Use"/>.</summary>
    /// <exception cref="MiniRunException">The name is none, or the store is damaged.</exception>
    public Image? Find(string text) =>
        _store.Find(text) is { } stored ? Open(text, stored) : new SampleImages(data).TryFind(text);

    /// <summary>An image of the store, ready to run.</summary>
    /// <exception cref="MiniRunException">A layer cannot be unpacked.</exception>
    public Image Open(string name, StoredImage stored)
    {
        var layers = new string[stored.Document.DiffIds.Count];
        for (int i = 0; i < layers.Length; i++)
        {
            Digest diffId = stored.Document.DiffIds[i];
            if (!_store.Layers.Contains(diffId))
            {
                using Stream blob = _store.Blobs.OpenRead(stored.Manifest.Layers[i].Digest);
                _store.Layers.Unpack(diffId, blob, CancellationToken.None);
            }

            layers[^(i + 1)] = _store.Layers.PathOf(diffId);
        }

        return layers.Length > 0
            ? new Image(name, layers, stored.Document.Config) { Stored = stored }
            : throw new MiniRunException($"{name} has no layers, so there is nothing in it to run");
    }
}

using MiniRun.Engine.Build.Stages;
using MiniRun.Engine.Build.Steps;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Tests.Images.Store;

namespace MiniRun.Engine.Tests.Build.Steps;

public sealed class StepCacheTests : IDisposable
{
    private readonly TestStore _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void An_entry_whose_layer_is_gone_counts_as_none_and_is_removed()
    {
        ImageStore store = _test.Open();
        StepCache cache = new(_test.Data, store);
        StepKey kept = StepKey.OfBase("kept");
        StepKey gone = StepKey.OfBase("gone");
        CachedStep step = Step(store, "one");
        cache.Add(kept, step);
        cache.Add(gone, Step(store, "two"));
        store.Name(TestStore.Named("one", store.AddImage(Document(step.Layer), [step.Layer.Blob]).ManifestDescriptor));
        store.Collect(() => []);
        File.WriteAllText($"{_test.Data.BuildCache}/{StepKey.OfBase("damaged").Hex}", new string('x', 5000));
        Assert.Equal(step, cache.Find(kept));
        Assert.Null(cache.Find(gone));
        Assert.Null(cache.Find(StepKey.OfBase("damaged")));
        cache.Prune(all: false);
        Assert.Equal([kept.Hex, "lock"], Directory.GetFiles(_test.Data.BuildCache).Select(Path.GetFileName).OrderByDescending(name => name!.Length));
        Assert.Equal(step, cache.Find(kept));
    }

    [Fact]
    public void Builds_at_once_may_make_the_same_step()
    {
        ImageStore store = _test.Open();
        CachedStep step = Step(store, "one");
        StepKey key = StepKey.OfBase("same");
        Parallel.For(0, 200, _ => new StepCache(_test.Data, store).Add(key, step));
        Assert.Equal(step, new StepCache(_test.Data, store).Find(key));
    }

    private static CachedStep Step(ImageStore store, string contents)
    {
        StoredImage image = store.Open(TestStore.Add(store, contents));
        Descriptor blob = image.Manifest.Layers[0];
        return new CachedStep(new BuiltLayer(new Descriptor(blob.MediaType, blob.Digest, blob.Size), image.Document.DiffIds[0]), DateTimeOffset.UnixEpoch);
    }

    private static ImageDocument Document(BuiltLayer layer) => new()
    {
        Platform = Platform.Host,
        Config = new ImageConfig(),
        DiffIds = [layer.DiffId],
    };
}

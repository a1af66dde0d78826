using System.Security.Cryptography;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Tests.Layers;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Images.Store;

public sealed class ImageStoreTests : IDisposable
{
    private readonly TestStore _test = new();
    private readonly ImageStore _store;

    public ImageStoreTests()
    {
        _store = _test.Open();
    }

    public void Dispose() => _test.Dispose();

    [Fact]
    public void An_image_is_found_by_its_names_its_id_and_the_beginning_of_it()
    {
        Descriptor manifest = TestStore.Add(_store, "one");
        Digest repository = Digest.Of("index"u8);
        _store.Name(TestStore.Named("ubuntu", manifest) with { RepositoryDigest = repository });
        Digest id = _store.Find("ubuntu")!.Id;
        foreach (string text in new[] { "ubuntu:latest", "docker.io/library/ubuntu", id.ToString(), id.Hex, id.Short, $"ubuntu@{repository}", $"ubuntu@{manifest.Digest}" })
        {
            Assert.Equal(manifest.Digest, _test.Open().Find(text)?.ManifestDescriptor.Digest);
        }

        foreach (string text in new[] { "ubuntu:22.04", "debian", $"debian@{repository}", "sha256:" + new string('0', 64) })
        {
            Assert.Null(_store.Find(text));
        }
    }

    [Fact]
    public void A_name_before_an_id()
    {
        Descriptor one = TestStore.Add(_store, "one");
        Descriptor two = TestStore.Add(_store, "two");
        string id = _store.Open(one).Id.Short;
        _store.Name(one, []);
        _store.Name(TestStore.Named(id, two));
        Assert.Equal(two.Digest, _store.Find(id)?.ManifestDescriptor.Digest);
    }

    [Fact]
    public void The_layout_is_one_that_others_read()
    {
        _store.Name(TestStore.Named("localhost:5000/a/b:1", TestStore.Add(_store, "one")));
        Assert.Equal("""{"imageLayoutVersion":"1.0.0"}""", File.ReadAllText($"{_test.Data.Images}/oci-layout"));
        Assert.Contains("\"org.opencontainers.image.ref.name\":\"localhost:5000/a/b:1\"", File.ReadAllText($"{_test.Data.Images}/index.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_could_not_be_read_again_is_not_added()
    {
        StoredImage one = _store.Open(TestStore.Add(_store, "one"));
        ImageDocument large = one.Document with { Config = new ImageConfig { Env = [$"A={new string('x', DocumentReader.MaxSize)}"] } };
        Assert.Contains("configuration would have", Assert.Throws<MiniRunException>(() => _store.AddImage(large, one.Manifest.Layers)).Message);
        Descriptor[] many = [.. Enumerable.Repeat(one.Manifest.Layers[0], DocumentReader.MaxLayers + 1)];
        Assert.Contains("would have 501 layers", Assert.Throws<MiniRunException>(() => _store.AddImage(one.Document, many)).Message);
        Assert.Contains("would have 501 layers", Assert.Throws<MiniRunException>(() => _store.AddImage(one.Document, one.Manifest.Config, many)).Message);
    }

    [Fact]
    public void A_layer_that_is_here_is_not_had_by_naming_it()
    {
        StoredImage one = _store.Open(TestStore.Add(_store, "one"));
        MemoryStream other = new(TestStore.Compressed(new TarBuilder().File("file", "other").Bytes));
        Assert.Contains("a layer unpacks to", Assert.Throws<MiniRunException>(() => _store.Layers.Unpack(one.Document.DiffIds[0], other, CancellationToken.None)).Message);
        MemoryStream same = new(TestStore.Compressed(new TarBuilder().File("file", "one").Bytes));
        Assert.Null(_store.Layers.Unpack(one.Document.DiffIds[0], same, CancellationToken.None));
    }

    [Fact]
    public void An_image_whose_name_goes_to_another_stays_without_one()
    {
        Descriptor old = TestStore.Add(_store, "old");
        Descriptor young = TestStore.Add(_store, "new");
        _store.Name(TestStore.Named("app", old));
        _store.Name(TestStore.Named("app", young));
        Assert.Equal([young.Digest], Names("docker.io/library/app:latest"));
        Assert.Equal([old.Digest], Names(null));
        _store.Name(TestStore.Named("app", old));
        Assert.Equal([young.Digest], Names(null));
    }

    [Fact]
    public void An_image_that_gets_no_name_is_known_by_its_id_unless_it_has_names_already()
    {
        Descriptor manifest = TestStore.Add(_store, "one");
        _store.Name(manifest, []);
        Assert.Equal([manifest.Digest], Names(null));
        _store.Name(manifest, [ImageReference.Parse("app:1"), ImageReference.Parse("app:2")]);
        _store.Name(manifest, []);
        Assert.Equal(["docker.io/library/app:1", "docker.io/library/app:2"], _store.References().Select(reference => reference.Name?.ToString()));
    }

    [Fact]
    public void What_a_name_or_a_container_needs_stays_and_the_rest_goes()
    {
        Descriptor kept = TestStore.Add(_store, "shared", "kept");
        Descriptor used = TestStore.Add(_store, "used");
        Descriptor gone = TestStore.Add(_store, "shared", "gone");
        _store.Name(TestStore.Named("kept", kept));
        CollectedContents collected = _store.Collect(() => [used.Digest])!;
        Assert.Equal([_store.Open(kept).Document.DiffIds[1], _store.Open(kept).Document.DiffIds[0], _store.Open(used).Document.DiffIds[0]], Present(kept, used));
        Assert.False(_store.Blobs.Contains(gone.Digest));
        Assert.Equal((1, 3), (collected.Layers.Count, collected.Blobs.Count));
        Assert.True(collected.Bytes > 0);
    }

    [Fact]
    public void Nothing_is_deleted_while_somebody_uses_the_store()
    {
        Descriptor manifest = TestStore.Add(_store, "one");
        using (_test.Open().Use())
        {
            Assert.Null(_store.Collect(() => []));
        }

        Assert.True(_store.Blobs.Contains(manifest.Digest));
        Assert.NotNull(_store.Collect(() => []));
        Assert.False(_store.Blobs.Contains(manifest.Digest));
    }

    [Fact]
    public void A_damaged_image_ends_the_collection_before_anything_is_deleted()
    {
        Descriptor named = TestStore.Add(_store, "named");
        Descriptor other = TestStore.Add(_store, "other");
        _store.Name(TestStore.Named("named", named));
        File.WriteAllText($"{_test.Data.Images}/blobs/sha256/{named.Digest.Hex}", "{");
        Assert.Throws<MiniRunException>(() => _store.Collect(() => []));
        Assert.True(_store.Blobs.Contains(other.Digest));
    }

    [Fact]
    public void What_dead_processes_left_is_removed_and_what_living_ones_work_on_is_not()
    {
        using StagingFolder alive = StagingFolder.Make(_test.Data.Staging);
        Directory.CreateDirectory($"{_test.Data.Staging}/work-dead/tree/sub");
        _store.RemoveDead();
        Assert.True(Directory.Exists(alive.Path));
        Assert.False(Directory.Exists($"{_test.Data.Staging}/work-dead"));
    }

    [Fact]
    public void A_layer_that_is_not_what_the_configuration_says_is_refused_and_leaves_nothing()
    {
        byte[] tar = new TarBuilder().File("file", "x").Bytes;
        Digest other = Digest.Of("other"u8);
        Assert.Contains("was tampered with", Assert.Throws<MiniRunException>(() => _store.Layers.Unpack(other, new MemoryStream(tar), CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.False(_store.Layers.Contains(other));
        Assert.Empty(Directory.GetFileSystemEntries(_test.Data.Staging));
    }

    [Fact]
    public void A_layer_is_unpacked_once()
    {
        byte[] tar = new TarBuilder().File("file", "x").Bytes;
        Digest diffId = Digest.Of(tar);
        Assert.NotNull(_store.Layers.Unpack(diffId, new MemoryStream(tar), CancellationToken.None));
        Assert.Null(_store.Layers.Unpack(diffId, new MemoryStream(tar), CancellationToken.None));
        Assert.Equal("x", File.ReadAllText($"{_store.Layers.PathOf(diffId)}/file"));
        Assert.Equal(1, _store.Layers.SizeOf(diffId));
    }

    [Fact]
    public void A_layer_that_is_known_by_its_sha512_is_verified_kept_and_collected()
    {
        byte[] tar = new TarBuilder().File("file", "x").Bytes;
        Digest diffId = Digest.OfHash(SHA512.HashData(tar));
        Digest other = Digest.OfHash(SHA512.HashData("other"u8));
        Assert.Contains($"unpacks to {diffId}", Assert.Throws<MiniRunException>(() => _store.Layers.Unpack(other, new MemoryStream(tar), CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.NotNull(_store.Layers.Unpack(diffId, new MemoryStream(tar), CancellationToken.None));
        Assert.Equal([diffId], _store.Collect(() => [])!.Layers);
        Assert.False(_store.Layers.Contains(diffId));
    }

    [Fact]
    public void A_damaged_index_is_named()
    {
        Directory.CreateDirectory(_test.Data.Images);
        File.WriteAllText($"{_test.Data.Images}/index.json", "[]");
        Assert.Contains("index.json is not the index of an image layout", Assert.Throws<MiniRunException>(() => _store.References()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_counts_other_layers_than_the_manifest_is_refused()
    {
        Descriptor config = _store.Blobs.Add(MediaTypes.OciConfig, DocumentWriter.Write(new ImageDocument { Platform = Platform.Host, Config = new ImageConfig(), DiffIds = [Digest.Of([])] }));
        Descriptor manifest = _store.Blobs.Add(MediaTypes.OciManifest, DocumentWriter.Write(new ImageManifest(MediaTypes.OciManifest, config, [])));
        Assert.Contains("counts 1 layers, and 0 come with it", Assert.Throws<MiniRunException>(() => _store.Open(manifest)).Message, StringComparison.Ordinal);
    }

    private Digest[] Names(string? name) => [.. _store.References().Where(reference => reference.Name?.ToString() == name).Select(reference => reference.Manifest.Digest)];

    private Digest[] Present(Descriptor kept, Descriptor used) =>
        [.. new[] { _store.Open(kept).Document.DiffIds[1], _store.Open(kept).Document.DiffIds[0], _store.Open(used).Document.DiffIds[0] }.Where(_store.Layers.Contains)];
}

using MiniRun.Engine.Archives;
using MiniRun.Engine.Tests.Images.Store;
using MiniRun.Engine.Tests.Layers;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Archives;

public sealed class LoadArchiveTests : IDisposable
{
    private readonly TestStore _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void Names_that_would_fill_the_memory_are_refused_and_leave_nothing()
    {
        MemoryStream archive = new(new TarBuilder().Pax($"path={new string('x', 513)}").Symlink("short", "target").Bytes);
        MiniRunException refusal = Assert.ThrowsAny<MiniRunException>(() => new LoadArchive(_test.Open()).Load(archive, null));

        Assert.Contains("longer than the 512 that are allowed", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_test.Data.Staging));
    }

    [Fact]
    public void More_layers_than_are_stacked_get_no_name()
    {
        byte[] layer = new TarBuilder().File("file", "x").Bytes;
        string[] layers = [.. Enumerable.Repeat("l", 501)];
        string diffId = $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(layer))}";
        string config = $$$"""{"os":"linux","rootfs":{"diff_ids":[{{{string.Join(',', layers.Select(_ => $"\"{diffId}\""))}}}]}}""";
        string manifest = $$"""[{"Config":"c","RepoTags":["many:1"],"Layers":[{{string.Join(',', layers.Select(name => $"\"{name}\""))}}]}]""";
        MemoryStream archive = new(new TarBuilder().File("c", config).File("manifest.json", manifest).Entry((byte)'0', "l", data: layer).Bytes);

        Assert.Contains("more than 500 layers", Assert.Throws<MiniRunException>(() => new LoadArchive(_test.Open()).Load(archive, null)).Message, StringComparison.Ordinal);
        Assert.Empty(_test.Open().References());
    }
}

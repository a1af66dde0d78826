using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Registries;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Registries.Harness;

/// <summary>Clients that do not wait long, and the images they ask for.</summary>
internal static class Clients
{
    public static RegistrySettings Settings { get; } = new()
    {
        Config = RegistryConfig.Empty,
        AnswerTimeout = TimeSpan.FromSeconds(10),
        StallTimeout = TimeSpan.FromSeconds(1),
        Retry = new RetryPolicy { Attempts = 3, FirstPause = TimeSpan.FromMilliseconds(2), LongestPause = TimeSpan.FromSeconds(1) },
    };

    public static RegistryClient New(RegistryConfig? config = null, RegistryCredential? login = null) =>
        new(Settings with { Config = config ?? RegistryConfig.Empty }, _ => login);

    public static ImageReference Image(this TestRegistry registry, string tagOrDigest = ":1") => ImageReference.Parse($"{registry.Authority}/app{tagOrDigest}");

    public static Descriptor Blob(byte[] bytes) => new(MediaTypes.OciLayerGzip, Digest.Of(bytes), bytes.Length);

    /// <summary>Reads a blob to its end.</summary>
    public static async Task<byte[]> ReadBlobAsync(this RegistryClient client, TestRegistry registry, Descriptor blob, long offset = 0)
    {
        using Stream stream = await client.OpenBlobAsync(registry.Image(), blob, offset, CancellationToken.None);
        using MemoryStream read = new();
        stream.CopyTo(read);
        return read.ToArray();
    }

    /// <summary>The failure's one line; it must hold every part.</summary>
    public static async Task FailsAsync(Func<Task> act, params string[] parts)
    {
        MiniRunException failure = await Assert.ThrowsAnyAsync<MiniRunException>(act);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.All(parts, part => Assert.Contains(part, failure.Message));
    }
}

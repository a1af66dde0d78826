using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>SIGKILL at the moments at which the image store changes, by the test build: what is left is whole.</summary>
[Collection(ContainerTests.Name)]
public sealed class StoreCrashTests(ContainerHost host) : IDisposable
{
    private const int Killed = 128 + Kernel.SIGKILL;

    private readonly LocalRegistry registry = LocalRegistry.Start(host);

    private string Name => $"{registry.Address}/app:1";

    [Theory]
    [InlineData("BlobWritten")]
    [InlineData("BlobCommitted")]
    [InlineData("LayerUnpacked")]
    [InlineData("LayerCommitted")]
    [InlineData("ImageNamed")]
    public void A_pull_killed_at_any_moment_leaves_a_store_that_the_next_command_uses(string point)
    {
        using ImageHost images = new(host);
        registry.Feed(TestImages.Busybox(host), "app:1");
        Assert.Equal(Killed, images.RunWithFault($"launcher:{point}", "pull", Name).Status);

        images.Run("images").Succeeded();
        Assert.Equal(Name, images.Run("pull", "-q", Name).Succeeded());
        AssertWhole(images);
    }

    [Theory]
    [InlineData("BlobWritten")]
    [InlineData("BlobCommitted")]
    [InlineData("LayerUnpacked")]
    [InlineData("LayerCommitted")]
    public void What_a_killed_pull_has_left_is_pruned(string point)
    {
        using ImageHost images = new(host);
        registry.Feed(TestImages.Busybox(host), "app:1");
        Assert.Equal(Killed, images.RunWithFault($"launcher:{point}", "pull", Name).Status);

        images.Run("image", "prune", "-f").Succeeded();
        Assert.Empty(images.Blobs);
        Assert.Empty(Layers(images));
        Assert.Empty(images.Staged);
        Assert.Equal(Name, images.Run("pull", "-q", Name).Succeeded());
        AssertWhole(images);
    }

    [Fact]
    public void What_a_killed_removal_has_left_is_pruned()
    {
        using ImageHost images = new(host);
        // Where a layer is while it is being deleted: with a name that says it is dead already.
        Directory.CreateDirectory($"{images.Data}/staging/dead-{new string('0', 64)}/tree/folder");
        images.Run("image", "prune", "-f").Succeeded();
        Assert.Empty(images.Staged);
    }

    public void Dispose() => registry.Dispose();

    private static string[] Layers(ImageHost images) => Directory.Exists($"{images.Data}/layers") ? Directory.GetDirectories($"{images.Data}/layers") : [];

    /// <summary>The image runs, nothing is half there, and other tools read the layout.</summary>
    private void AssertWhole(ImageHost images)
    {
        Assert.Equal("ran", images.Run("run", "--rm", "--pull=never", Name, "echo", "ran").Succeeded());
        images.Run("image", "prune", "-f").Succeeded();
        Assert.Empty(images.Staged);
        Assert.Equal(3, images.Blobs.Count);
        Assert.Single(Layers(images));
        string layout = $"{images.Data}/images";
        Assert.Contains("PATH=/bin", host.Program("skopeo", "inspect", "--config", $"oci:{layout}:{Name}").Succeeded(), StringComparison.Ordinal);
        host.Program("umoci", "stat", "--image", $"{layout}:{Name}", "--json").Succeeded();
    }
}

using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>`container prune` and `system prune`.</summary>
[Collection(ContainerTests.Name)]
public sealed class PruneTests : IDisposable
{
    private readonly ContainerHost host;
    private readonly ImageHost images;

    public PruneTests(ContainerHost host)
    {
        this.host = host;
        images = new ImageHost(host);
        TestImages.Load(host, images, TestImages.Busybox(host), "app:1");
    }

    [Fact]
    public void Containers_that_have_ended_go_and_those_that_run_or_begin_stay()
    {
        images.Run("run", "--name=ended", "app:1", "sh", "-c", "head -c 1000000 /dev/zero > /zeros").Succeeded();
        using RunningProgram running = images.Start("run", "--rm", "--name=running", "app:1", "sh", "-c", "echo ready; exec sleep 1012");
        running.WaitForOutput("ready");
        string beginning = HalfMade('1', DateTime.UtcNow);
        string dead = HalfMade('2', DateTime.UtcNow.AddMinutes(-2));

        Assert.Contains("all stopped containers", images.RunWithInput("n\n", "container", "prune").Succeeded(), StringComparison.Ordinal);
        string[] lines = images.Run("container", "prune", "-f").Lines();
        Assert.Equal(("Deleted Containers:", "Total reclaimed space: 1"), (lines[0], lines[^1][..24]));
        Assert.Contains(new string('2', 64), lines);
        Assert.Equal(2, lines.Count(line => line.Length == 64));
        Assert.True(Directory.Exists(beginning));
        Assert.False(Directory.Exists(dead));
        Assert.Equal("up", images.Run("exec", "running", "echo", "up").Succeeded());
        Assert.Contains("No such container", images.Run("rm", "ended").Error, StringComparison.OrdinalIgnoreCase);
        images.Run("rm", "-f", "running").Succeeded();
    }

    [Fact]
    public void The_system_is_pruned_of_containers_images_and_build_cache_in_this_order()
    {
        string folder = host.NewFolder();
        File.WriteAllText($"{folder}/Dockerfile", "FROM app:1\nRUN echo made > /made\n");
        images.Run("build", "-t", "built:1", folder).Succeeded();
        images.Run("run", "--name=ended", "built:1", "true").Succeeded();
        Assert.Contains("  - unused build cache\n", images.RunWithInput("n\n", "system", "prune").Succeeded(), StringComparison.Ordinal);

        string first = images.Run("system", "prune", "-f").Succeeded();
        Assert.Contains("Deleted Containers:", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Deleted Images:", first, StringComparison.Ordinal);
        Assert.DoesNotContain("build cache", first, StringComparison.Ordinal);

        // Its name gone, the image is garbage; then its layer is, and what the cache says of it.
        images.Run("rmi", "--no-prune", "built:1").Succeeded();
        string second = images.Run("system", "prune", "-f").Succeeded();
        Assert.Contains("Deleted Images:\nuntagged: sha256:", second, StringComparison.Ordinal);
        Assert.Empty(CachedSteps());
        Assert.Equal("app", images.Run("images").Lines()[1][..3]);

        // A container keeps its image, whose layers the cache still knows: that alone goes only where all is to go.
        images.Run("build", "-t", "built:1", folder).Succeeded();
        using (RunningProgram running = images.Start("run", "--rm", "--name=running", "built:1", "sh", "-c", "echo ready; exec sleep 1013"))
        {
            running.WaitForOutput("ready");
            images.Run("system", "prune", "-f").Succeeded();
            string step = Assert.Single(CachedSteps());
            Assert.Contains($"Deleted build cache objects:\n{step}\n", images.Run("system", "prune", "-a", "-f").Succeeded(), StringComparison.Ordinal);
            Assert.Equal("built", images.Run("images").Lines()[1][..5]);
            images.Run("rm", "-f", "running").Succeeded();
        }

        Assert.Contains("untagged: built:1", images.Run("system", "prune", "-a", "-f").Succeeded(), StringComparison.Ordinal);
        Assert.Equal("\nTotal reclaimed space: 0B", images.Run("system", "prune", "-a", "-f").Succeeded());
        Assert.Empty(images.Blobs);
    }

    public void Dispose() => images.Dispose();

    private string[] CachedSteps() => [.. Directory.GetFiles($"{images.Data}/build-cache").Select(path => Path.GetFileName(path)).Where(name => name != "lock")];

    /// <summary>A folder without a record, as a minirun that has just begun or was killed has it.</summary>
    private string HalfMade(char digit, DateTime time)
    {
        string folder = $"{images.Data}/containers/{new string(digit, 64)}";
        Directory.CreateDirectory(folder);
        Directory.SetLastWriteTimeUtc(folder, time);
        return folder;
    }
}

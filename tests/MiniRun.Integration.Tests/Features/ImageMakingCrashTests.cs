using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>SIGKILL while images are made here, by the test build: what is left is whole, and what is not is pruned.</summary>
[Collection(ContainerTests.Name)]
public sealed class ImageMakingCrashTests(ContainerHost host)
{
    private const int Killed = 128 + Kernel.SIGKILL;

    public static TheoryData<string, string> Moments()
    {
        TheoryData<string, string> moments = [];
        foreach (string command in (string[])["load", "import", "build", "commit"])
        {
            foreach (string point in (string[])["BlobWritten", "BlobCommitted", "LayerUnpacked", "LayerCommitted", "ImageNamed"])
            {
                moments.Add(command, point);
            }
        }

        return moments;
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void A_command_killed_at_any_moment_leaves_a_store_that_the_next_one_uses(string command, string point)
    {
        using ImageHost images = new(host);
        string[] words = Prepare(images, command);
        Assert.Equal(Killed, images.RunWithFault($"launcher:{point}", words).Status);

        images.Run("images").Succeeded();
        images.Run(words).Succeeded();
        Assert.Equal("ran", images.Run("run", "--rm", "--pull=never", "made:1", "echo", "ran").Succeeded());
        images.Run("image", "prune", "-f").Succeeded();
        Assert.Empty(images.Staged);

        // Each image here has one layer of its own: that, a configuration and a manifest.
        int made = command is "build" or "commit" ? 2 : 1;
        Assert.Equal((3 * made, made), (images.Blobs.Count, Directory.GetDirectories($"{images.Data}/layers").Length));
        host.Program("umoci", "stat", "--image", $"{images.Data}/images:docker.io/library/made:1", "--json").Succeeded();
    }

    /// <summary>All that the command needs to make the image made:1.</summary>
    private string[] Prepare(ImageHost images, string command)
    {
        string folder = host.NewFolder();
        switch (command)
        {
            case "load":
                return ["load", "-i", TestImages.Archive(host, TestImages.Busybox(host), "docker-archive", ":made:1")];
            case "import":
                File.WriteAllBytes($"{folder}/root.tar", TestImages.Rootfs(host));
                return ["import", "-c", "ENV PATH=/bin", $"{folder}/root.tar", "made:1"];
            case "build":
                TestImages.Load(host, images, TestImages.Busybox(host), "app:1");
                File.WriteAllText($"{folder}/Dockerfile", "FROM app:1\nRUN echo made > /made\n");
                return ["build", "-t", "made:1", folder];
            default:
                TestImages.Load(host, images, TestImages.Busybox(host), "app:1");
                images.Run("run", "--name=box", "app:1", "sh", "-c", "echo made > /made").Succeeded();
                return ["commit", "box", "made:1"];
        }
    }
}

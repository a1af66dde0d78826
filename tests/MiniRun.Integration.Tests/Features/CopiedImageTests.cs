using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>Images where containers cannot be overlays, because minirun's data are on one: each container has a copy.</summary>
[Collection(ContainerTests.Name)]
public sealed class CopiedImageTests(ContainerHost host)
{
    [Fact]
    public void On_an_overlay_a_container_has_a_copy_of_its_image_as_the_layers_say_and_it_is_said()
    {
        byte[] lower = new LayerTar().File("gone", "lower").Folder("opaque").File("opaque/old", "lower").Folder("kept").File("kept/old", "lower").Folder("file")
            .File("file/below", "lower").Finish();
        byte[] upper = new LayerTar().File(".wh.gone", "").Folder("opaque").File("opaque/.wh..wh..opq", "").File("opaque/new", "upper", owner: 1000)
            .File("kept/new", "upper").HardLink("kept/link", "kept/new").File(".wh.file", "").File("file", "upper")
            .Folder("etc").File("etc/.wh.group", "").Finish();
        string image = TestImages.Archive(host, TestImages.Begin(host).Layer(lower).Layer(upper).Finish(TestImages.Plain), "docker-archive", ":app:1");
        using MountedFolder tmpfs = new(host, "-t tmpfs tmpfs");
        foreach (string name in (string[])["lower", "upper", "work"])
        {
            Directory.CreateDirectory($"{tmpfs.Path}/{name}");
        }

        using MountedFolder overlay = new(host, $"-t overlay -o lowerdir={tmpfs.Path}/lower,upperdir={tmpfs.Path}/upper,workdir={tmpfs.Path}/work overlay");
        Run(overlay, "load", "-i", image).Succeeded();
        ProgramResult first = Run(overlay, "run", "--name=box", "app:1", "sh", "-c",
            "test -e /gone || echo absent; echo $(ls -A /opaque) $(ls -A /kept) $(cat /file); stat -c %h /kept/link; stat -c %u /opaque/new; stat -c %a /tmp; echo written > /kept/new; rm /bin/false");
        Assert.Equal(["absent", "new link new old upper", "2", "1000", "1777"], first.Lines());
        Assert.Contains($"the image is copied for this container, which takes time and space, because {overlay.Path} is itself on an overlay", first.Error, StringComparison.Ordinal);

        // The users of an image are looked up in its layers; this one has deleted the file of the groups.
        Run(overlay, "run", "--rm", "-u", "0:nogroup", "app:1", "true").FailedWithLastLine(125, "nogroup");
        Assert.Equal("upper", Run(overlay, "run", "--rm", "app:1", "cat", "/kept/new").Succeeded());

        Run(overlay, "commit", "-c", "CMD [\"cat\", \"/kept/link\"]", "box", "made:1").Succeeded();
        Assert.Equal("written", Run(overlay, "run", "--rm", "made:1").Succeeded());
        Run(overlay, "system", "prune", "-a", "-f").Succeeded();
        Assert.Empty(Directory.GetFileSystemEntries($"{overlay.Path}/containers"));
        Assert.Empty(Directory.GetFileSystemEntries($"{overlay.Path}/layers"));
    }

    private ProgramResult Run(MountedFolder data, params string[] arguments)
    {
        using RunningProgram program = host.StartWith([new("MINIRUN_DATA", data.Path)], host.Minirun, arguments);
        return program.Wait();
    }
}

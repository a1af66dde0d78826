using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

[Collection(ContainerTests.Name)]
public sealed class PullTests(ContainerHost host)
{
    [Fact]
    public void A_pulled_image_runs_with_its_own_user_environment_program_and_folder()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        using ImageHost images = new(host);
        registry.Feed(TestImages.Busybox(host, """{"User":"app","Env":["PATH=/bin","WORD=the image"],"Entrypoint":["sh","-c"],"Cmd":["id -un; pwd; echo $WORD"],"WorkingDir":"/www"}"""), "app:1");
        string name = $"{registry.Address}/app:1";

        string[] pull = images.Run("pull", name).Lines();
        Assert.Equal("1: Pulling from " + name[..^2], pull[0]);
        Assert.Equal([$"Status: Downloaded newer image for {name}", name], pull[^2..]);
        Assert.Equal(["app", "/www", "the image"], images.Run("run", "--rm", name).Lines());
        Assert.Equal(["root /home you"], images.Run("run", "--rm", "-u", "root", "-w", "/home", "-e", "WORD=you", name, "echo $(id -un) $(pwd) $WORD").Lines());
        Assert.Empty(images.Staged);
    }

    [Fact]
    public void An_image_is_pulled_by_tag_and_by_digest_and_then_up_to_date()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        using ImageHost images = new(host);
        registry.Feed(TestImages.Busybox(host), "app:1");
        string byTag = $"{registry.Address}/app:1";
        string digest = images.Run("pull", byTag).Lines().Single(line => line.StartsWith("Digest: ", StringComparison.Ordinal))["Digest: ".Length..];
        string byDigest = $"{registry.Address}/app@{digest}";

        Assert.Equal(digest, registry.Inspect("app:1", "--format", "{{.Digest}}"));
        Assert.Contains($"Status: Image is up to date for {byTag}", images.Run("pull", byTag).Lines());
        Assert.Equal(byDigest, images.Run("pull", "-q", byDigest).Succeeded());
        Assert.Equal("ran", images.Run("run", "--rm", "--pull=never", byDigest, "echo", "ran").Succeeded());
        string wrong = $"{registry.Address}/app@sha256:{new string('0', 64)}";
        images.Run("pull", wrong).FailedInOneLine(1, wrong);
    }

    [Fact]
    public void Whiteouts_opaque_folders_links_capabilities_and_zstd_are_what_the_layers_say()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        using ImageHost images = new(host);
        byte[] lower = new LayerTar().File("gone", "lower").Folder("opaque").File("opaque/old", "lower").Folder("kept").File("kept/old", "lower").Finish();
        byte[] upper = new LayerTar().File(".wh.gone", "").Folder("opaque").File("opaque/.wh..wh..opq", "").File("opaque/new", "upper")
            .File("kept/new", "upper").HardLink("kept/link", "kept/new").Folder("able").File("able/cat", File.ReadAllBytes($"{host.Sample}/rootfs/bin/busybox"), [NetBindService]).Finish();
        registry.Feed(TestImages.Begin(host).Layer(lower).Layer(upper, Zstd(upper), "zstd").Finish(TestImages.Plain), "app:1");

        string[] lines = images.Run("run", "--rm", "-u", "1000", $"{registry.Address}/app:1", "sh", "-c",
            "test -e /gone || echo absent; echo $(ls -A /opaque) $(ls -A /kept); stat -c %h /kept/new; cat /kept/link; echo; /able/cat /proc/self/status | grep CapEff").Lines();
        Assert.Equal(["absent", "new link new old", "2", "upper", "CapEff:\t0000000000000400"], lines);
    }

    [Fact]
    public void Of_an_index_the_image_for_this_machine_is_taken_and_where_there_is_none_it_is_said()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        using ImageHost images = new(host);
        OciImageFolder several = TestImages.Begin(host);
        several.Finish("""{"Env":["PATH=/bin","FOR=arm"]}""", architecture: "arm64");
        several.Finish("""{"Env":["PATH=/bin","FOR=this"]}""", architecture: "amd64");
        registry.Feed(several.FinishIndex(), "several:1");
        OciImageFolder foreign = TestImages.Begin(host);
        foreign.Finish(TestImages.Plain, architecture: "arm64");
        registry.Feed(foreign.FinishIndex(), "foreign:1");

        Assert.Equal("this", images.Run("run", "--rm", $"{registry.Address}/several:1", "sh", "-c", "echo $FOR").Succeeded());
        images.Run("pull", $"{registry.Address}/foreign:1").FailedInOneLine(1, "no matching manifest for linux/amd64", "linux/arm64", $"{registry.Address}/foreign:1");
        images.Run("pull", "-q", "--platform=linux/arm64", $"{registry.Address}/foreign:1").Succeeded();
    }

    [Fact]
    public void A_missing_image_is_pulled_by_run_never_or_always_as_it_is_told()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        using ImageHost images = new(host);
        string name = $"{registry.Address}/app:1";
        registry.Feed(TestImages.Busybox(host, """{"Env":["PATH=/bin","AGE=old"]}"""), "app:1");
        string[] run = ["--rm", name, "sh", "-c", "echo $AGE"];

        images.Run(["run", "--pull=never", .. run]).FailedInOneLine(125, $"No such image: {name}", "--pull never");
        ProgramResult first = images.Run(["run", .. run]);
        Assert.Equal("old", first.Succeeded());
        Assert.StartsWith($"Unable to find image '{name}' locally", first.Error, StringComparison.Ordinal);
        registry.Feed(TestImages.Busybox(host, """{"Env":["PATH=/bin","AGE=new"]}"""), "app:1");
        ProgramResult second = images.Run(["run", .. run]);
        Assert.Equal(("old", ""), (second.Succeeded(), second.Error));
        ProgramResult third = images.Run(["run", "--pull=always", .. run]);
        Assert.Equal("new", third.Succeeded());
        Assert.DoesNotContain("Unable to find image", third.Error); // it was there
        Assert.Contains("Status: Downloaded newer image for", third.Error);
        Assert.Contains("Status: Image is up to date for", images.Run(["run", "--pull=always", .. run]).Error);
        images.Run("run", "--rm", $"{registry.Address}/absent", "true").FailedWithLastLine(125, $"{registry.Address}/absent");
    }

    /// <summary>security.capability, version 2 with the effective bit: CAP_NET_BIND_SERVICE (10) permitted.</summary>
    private static KeyValuePair<string, string> NetBindService => new("SCHILY.xattr.security.capability", "\u0001\0\0\u0002\0\u0004" + new string('\0', 14));

    private byte[] Zstd(byte[] tar)
    {
        string file = $"{host.NewFolder("zstd")}/layer.tar";
        File.WriteAllBytes(file, tar);
        host.Program("zstd", "-q", file).Succeeded();
        return File.ReadAllBytes($"{file}.zst");
    }
}

using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>`commit` and `export`: what a container has made of its image.</summary>
[Collection(ContainerTests.Name)]
public sealed class SnapshotTests(ContainerHost host) : IDisposable
{
    private readonly ImageHost images = new(host);

    [Theory]
    [InlineData]
    [InlineData("--userns=private")]
    public void What_a_container_has_changed_is_a_layer_without_what_was_only_mounted_on(params string[] options)
    {
        TestImages.Load(host, images, TestImages.Busybox(host), "app:1");
        string below = Directory.GetDirectories($"{images.Data}/layers").Single();
        Assert.False(File.Exists($"{below}/tree/etc/hosts"), "the sample has /etc/hosts, so this tests nothing");
        using RunningProgram running = images.Start(["run", "--rm", "--name=box", .. options, "app:1", "sh", "-c", "echo made > /made; chown 7:8 /made; rm /www/index.html; echo ready; exec sleep 1011"]);
        running.WaitForOutput("ready");
        images.Run("commit", "-c", "CMD [\"cat\", \"/made\"]", "box", "made:1").Succeeded();
        string[] exported = Export("box");
        images.Run("rm", "-f", "box").Succeeded();

        string layer = Directory.GetDirectories($"{images.Data}/layers").Single(folder => folder != below);
        Assert.Equal(["etc", "made", "www", "www/index.html"], Entries($"{layer}/tree"));
        Assert.Equal(Directory.GetLastWriteTimeUtc($"{below}/tree/etc"), Directory.GetLastWriteTimeUtc($"{layer}/tree/etc"));
        Assert.Equal("made", images.Run("run", "--rm", "made:1").Succeeded());
        Assert.Equal("7 8 absent", images.Run("run", "--rm", "made:1", "sh", "-c", "echo $(stat -c '%u %g' /made) $(test -e /www/index.html || echo absent)").Succeeded());

        Assert.Contains("7/8 made", exported);
        Assert.Contains("0/0 bin/busybox", exported);
        Assert.DoesNotContain(exported, entry => entry.EndsWith("etc/hosts", StringComparison.Ordinal) || entry.EndsWith("www/index.html", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_the_program_has_filled_stays_and_so_does_one_that_the_image_has()
    {
        byte[] empty = new LayerTar().Folder("etc").File("etc/hosts", "").Finish();
        TestImages.Load(host, images, TestImages.Begin(host).Layer(empty).Finish(TestImages.Plain), "app:1");
        images.Run("run", "--name=box", "app:1", "sh", "-c", "echo text > /etc/own; : > /etc/bare; chmod 700 /etc").Succeeded();
        string[] before = Directory.GetDirectories($"{images.Data}/layers");
        images.Run("commit", "box", "made:1").Succeeded();
        Assert.Equal(["etc", "etc/bare", "etc/own"], Entries($"{Directory.GetDirectories($"{images.Data}/layers").Except(before).Single()}/tree"));
        Assert.Contains("0/0 etc/hosts", Export("box"));
    }

    [Fact]
    public void What_run_was_told_of_the_program_is_what_the_image_says()
    {
        string config = """{"Env":["PATH=/bin:/usr/bin","KEPT=image","CHANGED=image","GONE=image"],"Entrypoint":["/bin/echo"],"Cmd":["image"],"User":"1","WorkingDir":"/image","Labels":{"from":"image","kept":"yes"}}""";
        TestImages.Load(host, images, TestImages.Busybox(host, config), "app:1");
        images.Run("create", "--name=box", "-e", "CHANGED=run", "-e", "ADDED=run", "-e", "GONE", "-u", "2:3", "-w", "/run", "-l", "from=run", "-v", "/data", "--stop-signal=QUIT", "--entrypoint=sh", "app:1", "-c", "echo $CHANGED $ADDED $KEPT ${GONE-gone} $(id -u) $(pwd)").Succeeded();
        images.Run("commit", "box", "made:1").Succeeded();
        Assert.Equal("run run image gone 2 /run", images.Run("run", "--rm", "made:1").Succeeded());
        Assert.Equal(
            """["sh"] {"from":"run","kept":"yes"} 2:3 /run {"/data":{}} SIGQUIT""",
            images.Run("image", "inspect", "-f", "{{json .Config.Entrypoint}} {{json .Config.Labels}} {{.Config.User}} {{.Config.WorkingDir}} {{json .Config.Volumes}} {{.Config.StopSignal}}", "made:1").Succeeded());

        string[] changes = ["CMD [\"changed\"]", "ENTRYPOINT [\"/bin/echo\", \"by\"]", "ENV CHANGED=later", "EXPOSE 80", "LABEL from=change", "ONBUILD RUN true", "USER 5", "VOLUME /more", "WORKDIR /else"];
        images.Run(["commit", .. changes.SelectMany(static change => (string[])["-c", change]), "box", "made:2"]).Succeeded();
        Assert.Equal("by changed", images.Run("run", "--rm", "made:2").Succeeded());
        Assert.Equal(
            """5 /else {"80/tcp":{}} ["RUN true"] {"/data":{},"/more":{}} change""",
            images.Run("image", "inspect", "-f", "{{.Config.User}} {{.Config.WorkingDir}} {{json .Config.ExposedPorts}} {{json .Config.OnBuild}} {{json .Config.Volumes}} {{.Config.Labels.from}}", "made:2").Succeeded());
        images.Run("rm", "-v", "box").Succeeded();
    }

    [Fact]
    public void Of_a_container_on_a_sample_all_files_are_one_layer()
    {
        host.Run("run", "--name=on-sample", "busybox", "sh", "-c", "echo made > /made; rm /www/index.html").Succeeded();
        host.Run("commit", "-c", "CMD [\"sh\", \"-c\", \"cat /made; test -e /www/index.html\"]", "on-sample", "from-sample:1").Succeeded();
        host.Run("rm", "on-sample").Succeeded();
        ProgramResult made = host.Run("run", "--rm", "from-sample:1");
        Assert.Equal((1, "made\n"), (made.Status, made.Output));
        using JsonDocument json = JsonDocument.Parse(host.Run("inspect", "from-sample:1").Succeeded());
        Assert.Equal(1, json.RootElement[0].GetProperty("RootFS").GetProperty("Layers").GetArrayLength());
        host.Run("rmi", "from-sample:1").Succeeded();
    }

    public void Dispose() => images.Dispose();

    /// <summary>What is in a folder, by paths in it.</summary>
    private static string[] Entries(string folder) =>
    [
        .. Directory.GetFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(path => path[(folder.Length + 1)..]).Order(StringComparer.Ordinal),
    ];

    /// <summary>What `export` writes, an entry a line: owner and path.</summary>
    private string[] Export(string container)
    {
        string file = $"{host.NewFolder()}/root.tar";
        images.Run("export", "-o", file, container).Succeeded();
        return host.Bash($$"""tar --numeric-owner -tvf {{file}} | awk '{print $2, $6}'""").Lines();
    }
}

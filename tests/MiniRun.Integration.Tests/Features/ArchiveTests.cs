using System.IO.Compression;
using System.Security.Cryptography;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>`save` and `load`, each with the other programs that write and read such archives.</summary>
[Collection(ContainerTests.Name)]
public sealed class ArchiveTests(ContainerHost host) : IDisposable
{
    private readonly ImageHost images = new(host);

    [Fact]
    public void What_was_saved_is_read_by_skopeo_and_podman_and_is_the_same_every_time()
    {
        TestImages.Load(host, images, TestImages.Busybox(host), "app:1");
        string folder = host.NewFolder();
        string file = $"{folder}/app.tar";
        images.Run("save", "-o", file, "app:1").Succeeded();
        images.Run("save", "-o", $"{folder}/again.tar", "app:1").Succeeded();
        Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes($"{folder}/again.tar"));

        foreach (string kind in (string[])["docker-archive", "oci-archive"])
        {
            Assert.Contains("PATH=/bin", host.Program("skopeo", "inspect", "--config", $"{kind}:{file}").Succeeded(), StringComparison.Ordinal);
        }

        Assert.Contains("app:1", Podman("load", "-q", "-i", file), StringComparison.Ordinal);
        Podman("save", "-q", "-o", $"{folder}/podman.tar", "app:1");
        images.Run("rmi", "app:1").Succeeded();
        Assert.Matches("^Loaded image: .*app:1$", images.Run("load", "-i", $"{folder}/podman.tar").Succeeded());
    }

    [Theory]
    [InlineData("docker-archive", ":app:1", "Loaded image: app:1")]
    [InlineData("oci-archive", "", "Loaded image ID: sha256:")]
    [InlineData("oci-archive", ":app:1", "Loaded image: app:1")]
    public void What_skopeo_writes_is_loaded_and_runs(string kind, string name, string said)
    {
        string file = TestImages.Archive(host, TestImages.Busybox(host), kind, name);
        Assert.StartsWith(said, images.Run("load", "-i", file).Succeeded(), StringComparison.Ordinal);
        Assert.Equal("ran", images.Run("run", "--rm", images.Run("images", "-q").Succeeded(), "echo", "ran").Succeeded());
        Assert.Empty(images.Staged);
    }

    [Fact]
    public void What_dotnet_publishes_on_an_image_of_a_registry_is_loaded_and_runs()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        registry.Feed(TestImages.Busybox(host), "base:1");
        string folder = host.NewFolder();
        File.WriteAllText($"{folder}/hello.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><UseAppHost>false</UseAppHost></PropertyGroup></Project>""");
        File.WriteAllText($"{folder}/Program.cs", "System.Console.WriteLine();");

        // The SDK takes localhost for a registry without TLS, and 127.0.0.1 for one with it. No server of its own may outlive it.
        using RunningProgram publish = host.StartWith(
            [new("MSBUILDDISABLENODEREUSE", "1"), new("DOTNET_CLI_USE_MSBUILD_SERVER", "0"), new("UseSharedCompilation", "false")],
            "dotnet", "publish", folder, "/t:PublishContainer", $"-p:ContainerArchiveOutputPath={folder}/app.tar.gz", $"-p:ContainerBaseImage=localhost:{registry.Port}/base:1", "-p:ContainerRepository=published");
        publish.Wait(TimeSpan.FromMinutes(3)).Succeeded();

        Assert.Equal("Loaded image: published:latest", images.Run("load", "-i", $"{folder}/app.tar.gz").Succeeded());
        string[] lines = images.Run("run", "--rm", "--entrypoint=sh", "published", "-c", "pwd; ls hello.dll; id -u").Lines();
        Assert.Equal(["/app", "hello.dll"], lines[..2]);
        Assert.Contains("\"dotnet\"", images.Run("inspect", "published").Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_older_form_of_what_dotnet_publishes_is_loaded_and_runs()
    {
        byte[] tar = TestImages.Rootfs(host);
        string file = $"{host.NewFolder()}/app.tar.gz";
        File.WriteAllBytes(file, Packed(DockerArchive(Packed(tar), DigestOf(tar))));
        Assert.Equal("Loaded image: published:latest", images.Run("load", "-i", file).Succeeded());
        Assert.Equal("1000", images.Run("run", "--rm", "-u", "1000", "published", "id", "-u").Succeeded());
    }

    /// <summary>The image-spec allows sha512; skopeo does not write it, so the layout becomes an archive by tar.</summary>
    [Fact]
    public void Contents_named_by_sha512_are_verified_loaded_pushed_and_pulled()
    {
        string layout = TestImages.Begin(host, "sha512").Finish(TestImages.Plain, tag: "app:1").Split(':')[1];
        Assert.Equal("Loaded image: app:1", images.Run("load", "-i", Tar(layout)).Succeeded());
        Assert.Equal("ran", images.Run("run", "--rm", "app:1", "echo", "ran").Succeeded());
        string id = images.Run("images", "-q", "--no-trunc").Succeeded();
        Assert.Matches("^sha512:[0-9a-f]{128}$", id);
        Assert.Contains(id, images.Run("inspect", id).Succeeded(), StringComparison.Ordinal);

        using LocalRegistry registry = LocalRegistry.Start(host);
        images.Run("tag", id, $"{registry.Address}/app:1").Succeeded();
        images.Run("push", $"{registry.Address}/app:1").Succeeded();
        using ImageHost others = new(host);
        others.Run("pull", $"{registry.Address}/app:1").Succeeded();
        Assert.Equal("ran", others.Run("run", "--rm", $"{registry.Address}/app:1", "echo", "ran").Succeeded());
        others.Run("rmi", $"{registry.Address}/app:1").Succeeded();
        Assert.Empty(Directory.GetFileSystemEntries($"{others.Data}/layers"));
        Assert.Empty(Directory.GetFiles($"{others.Data}/images/blobs/sha512"));

        string layer = Directory.GetFiles($"{layout}/blobs/sha512").MaxBy(file => new FileInfo(file).Length)!;
        byte[] bytes = File.ReadAllBytes(layer);
        bytes[4] ^= 1; // the time in gzip's header: all that is in the layer stays as it was
        File.WriteAllBytes(layer, bytes);
        others.Run("load", "-i", Tar(layout)).FailedInOneLine(1, $"sha512:{Path.GetFileName(layer)} was asked for, and what came is sha512:");
        Assert.Empty(others.Staged);
    }

    [Fact]
    public void An_archive_that_is_damaged_is_refused_in_one_line_and_leaves_nothing()
    {
        byte[] tar = new LayerTar().File("file", "text").Finish();
        byte[] whole = DockerArchive(tar, DigestOf(tar));
        Refused(whole[..(whole.Length / 2)], "archive");
        Refused(Packed(whole)[..100], "end");
        Refused([], "archive");
        Refused(tar, "neither index.json nor manifest.json", "minirun import");
        string other = DigestOf([1]);
        Refused(DockerArchive(tar, other), other);
        images.Run("load", "-i", "/absent.tar").FailedInOneLine(1, "/absent.tar", "no such file");
    }

    [Fact]
    public void Several_images_are_saved_at_once_and_those_by_id_have_no_name()
    {
        TestImages.Load(host, images, TestImages.Busybox(host), "app:1");
        TestImages.Load(host, images, TestImages.Busybox(host, """{"Env":["PATH=/bin","TWO=2"]}"""), "app:2");
        string id = images.Run("inspect", "app:2").Lines().Single(line => line.StartsWith("        \"Id\"", StringComparison.Ordinal) || line.StartsWith("    \"Id\"", StringComparison.Ordinal)).Split('"')[3];
        string file = $"{host.NewFolder()}/both.tar";
        images.Run("save", "-o", file, "app:1", id).Succeeded();
        using ImageHost others = new(host);
        Assert.Equal(["Loaded image: app:1", $"Loaded image ID: {id}"], others.Run("load", "-i", file).Lines());
        images.Run("save", "-o", $"{file}.none", "absent").FailedInOneLine(1, "No such image: absent");
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    public void Dispose()
    {
        images.Dispose();
        if (Directory.Exists($"{host.Folder}/podman"))
        {
            Directory.Delete($"{host.Folder}/podman", recursive: true);
        }
    }

    /// <summary>Docker's older format, as the .NET SDK writes it: a folder for each layer, whose layer.tar may be compressed.</summary>
    private static byte[] DockerArchive(byte[] layer, string diffId)
    {
        string config = $$"""{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin:/usr/bin"]},"rootfs":{"type":"layers","diff_ids":["{{diffId}}"]} }""";
        string manifest = """[{"Config":"config.json","RepoTags":["published:latest"],"Layers":["0123/layer.tar"]}]""";
        return new LayerTar().File("0123/layer.tar", layer, []).File("config.json", config).File("manifest.json", manifest).Finish();
    }

    private string Tar(string folder)
    {
        string file = $"{host.NewFolder("archive")}/layout.tar";
        host.Program("tar", "-cf", file, "-C", folder, ".").Succeeded();
        return file;
    }

    private static byte[] Packed(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static string DigestOf(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    private void Refused(byte[] archive, params string[] parts)
    {
        string file = $"{host.NewFolder()}/damaged.tar";
        File.WriteAllBytes(file, archive);
        images.Run("load", "-i", file).FailedInOneLine(1, parts);
        Assert.Empty(images.Staged);
        Assert.Equal("", images.Run("images", "-q").Succeeded());
    }

    /// <summary>podman with a store of the tests' own; it takes no long paths.</summary>
    private string Podman(params string[] arguments) =>
        host.Program("podman", ["--root", $"{host.Folder}/podman/root", "--runroot", $"{host.Folder}/podman/run", "--tmpdir", $"{host.Folder}/podman/tmp", "--storage-driver=vfs", .. arguments]).Succeeded();
}

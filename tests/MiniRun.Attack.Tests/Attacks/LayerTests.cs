using System.Formats.Tar;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Row 37: layers that want to reach the host's files while they are unpacked. The whole corpus is in MiniRun.Engine.Tests, LayerCorpusTests.</summary>
[Collection(AttackTests.Name)]
public sealed class LayerTests(ContainerHost host)
{
    [Theory]
    [InlineData("written through a link")]
    [InlineData("written through a link that climbs")]
    [InlineData("deleted through a link")]
    [InlineData("written by a name that climbs")]
    [InlineData("written by an absolute name")]
    [InlineData("linked to")]
    public void A_layer_does_not_reach_the_hosts_files(string attack)
    {
        using Canaries canaries = new(host);
        using Decoy decoy = new(host);
        ProgramResult result = new ImageArchive(host, decoy.Beside).Of(Layer(attack, decoy)).Load();

        decoy.AssertUntouched();
        if (attack == "written by an absolute name")
        {
            // As docker has it, it is a name below the image's root.
            result.Succeeded();
            host.Run("rmi", "hostile:1").Succeeded();
            return;
        }

        result.FailedInOneLine(1, "unpacking a layer");
        Assert.DoesNotContain("hostile", host.Run("images").Succeeded(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries($"{host.Data}/staging"));
    }

    [Theory]
    [InlineData("written through a link")]
    [InlineData("written through a link that climbs")]
    [InlineData("deleted through a link")]
    [InlineData("written by a name that climbs")]
    [InlineData("written by an absolute name")]
    public void Proof_a_naive_unpacker_falls(string attack)
    {
        using Decoy decoy = new(host);
        string folder = Directory.CreateDirectory($"{decoy.Beside}/unpacked").FullName;
        NaiveUnpacker.Unpack(Layer(attack, decoy), folder);

        Assert.NotEqual("secret", File.Exists(decoy.File) ? File.ReadAllText(decoy.File) : "gone");
    }

    [Fact]
    public void Proof_a_naive_unpacker_gives_the_image_the_hosts_file()
    {
        using Decoy decoy = new(host);
        string folder = Directory.CreateDirectory($"{decoy.Beside}/unpacked").FullName;
        NaiveUnpacker.Unpack(Layer("linked to", decoy), folder);

        Assert.Equal("secret", File.ReadAllText($"{folder}/stolen"));
    }

    [Fact]
    public void A_lower_layers_link_is_not_followed_by_the_layer_above()
    {
        using Canaries canaries = new(host);
        using Decoy decoy = new(host);
        ImageArchive archive = new ImageArchive(host, decoy.Beside).Of(ImageArchive.Tar(ImageArchive.Link("way", decoy.Folder)), ImageArchive.Tar(ImageArchive.File("way/file", "overwritten"), ImageArchive.File("way/.wh.file", "")));
        archive.Load().Succeeded();
        host.Run("rmi", "hostile:1").Succeeded();

        decoy.AssertUntouched();
    }

    private static byte[] Layer(string attack, Decoy decoy)
    {
        string up = "../../../../../../../../../../../..";
        TarEntry[] entries = attack switch
        {
            "written through a link" => [ImageArchive.Link("way", decoy.Folder), ImageArchive.File("way/file", "overwritten")],
            "written through a link that climbs" => [ImageArchive.Link("way", up + decoy.Folder), ImageArchive.File("way/file", "overwritten")],
            "deleted through a link" => [ImageArchive.Link("way", decoy.Folder), ImageArchive.File("way/.wh.file", "")],
            "written by a name that climbs" => [ImageArchive.File(up + decoy.File, "overwritten")],
            "written by an absolute name" => [ImageArchive.File(decoy.File, "overwritten")],
            _ => [ImageArchive.HardLink("stolen", up + decoy.File)],
        };
        return ImageArchive.Tar(entries);
    }

    /// <summary>A file of the host's that attacks are aimed at.</summary>
    private sealed class Decoy : IDisposable
    {
        internal Decoy(ContainerHost host)
        {
            Beside = host.NewFolder();
            Folder = Directory.CreateDirectory($"{Beside}/host").FullName;
            System.IO.File.WriteAllText(File, "secret");
        }

        internal string Beside { get; }

        internal string Folder { get; }

        internal string File => $"{Folder}/file";

        internal void AssertUntouched()
        {
            Assert.Equal("secret", System.IO.File.ReadAllText(File));
            Assert.Equal([File], Directory.EnumerateFileSystemEntries(Folder));
        }

        public void Dispose() => Directory.Delete(Beside, recursive: true);
    }
}

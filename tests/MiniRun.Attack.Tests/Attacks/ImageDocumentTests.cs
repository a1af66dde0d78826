using System.Security.Cryptography;
using System.Text;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Rows 35 and 36: documents that can be read in two ways, and digests that are paths.</summary>
[Collection(AttackTests.Name)]
public sealed class ImageDocumentTests(ContainerHost host)
{
    [Theory]
    [InlineData("\"layers\":", "\"manifests\":[],\"layers\":", "both manifests and layers")]
    [InlineData("\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\"", "\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"config\"", "was given as")]
    [InlineData("\"layers\":", "\"layers\":[],\"layers\":", "there twice")]
    [InlineData("\"schemaVersion\":2", "\"schemaVersion\":1", "schemaVersion 2")]
    public void A_manifest_that_is_two_things_at_once_is_refused(string text, string replacement, string reason)
    {
        using Canaries canaries = new(host);
        ImageArchive archive = new ImageArchive(host, host.NewFolder()).Of(ImageArchive.Tar(ImageArchive.File("file", "x")));
        ChangeManifest(archive.Layout, manifest => manifest.Replace(text, replacement, StringComparison.Ordinal));

        archive.Load().FailedInOneLine(1, reason);
    }

    [Theory]
    [InlineData("sha256:../../../../../../../../etc/passwd")]
    [InlineData("sha256:abc")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("../../x:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:")]
    public void A_digest_that_is_a_path_is_refused(string digest)
    {
        using Canaries canaries = new(host);
        ImageArchive archive = new ImageArchive(host, host.NewFolder()).Of(ImageArchive.Tar(ImageArchive.File("file", "x")));
        string index = $"{archive.Layout}/index.json";
        string text = File.ReadAllText(index);
        int start = text.IndexOf("sha256:", StringComparison.Ordinal);
        File.WriteAllText(index, text[..start] + digest + text[(start + "sha256:".Length + 64)..]);

        archive.Load().FailedInOneLine(1, "invalid digest");
    }

    [Fact]
    public void Contents_of_another_digest_are_refused()
    {
        using Canaries canaries = new(host);
        ImageArchive archive = new ImageArchive(host, host.NewFolder()).Of(ImageArchive.Tar(ImageArchive.File("file", "x")));
        foreach (string blob in Directory.EnumerateFiles($"{archive.Layout}/blobs/sha256"))
        {
            byte[] bytes = File.ReadAllBytes(blob);
            byte[] spoilt = [.. bytes];
            spoilt[^1] ^= 1;
            File.WriteAllBytes(blob, spoilt);
            // What an attempt before has taken in rightly is in the store already, and would be used instead.
            host.Run("image", "prune", "-f").Succeeded();
            ProgramResult result = archive.Load();
            File.WriteAllBytes(blob, bytes);
            Assert.True(result.Status == 1, $"{blob}: {result}");
        }

        Assert.DoesNotContain("hostile", host.Run("images").Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void Proof_the_same_archive_unspoilt_is_taken()
    {
        new ImageArchive(host, host.NewFolder()).Of(ImageArchive.Tar(ImageArchive.File("file", "x"))).Load().Succeeded();
        host.Run("rmi", "hostile:1").Succeeded();
    }

    /// <summary>Changes the manifest and what the index says of it.</summary>
    private static void ChangeManifest(string layout, Func<string, string> change)
    {
        foreach (string file in Directory.GetFiles($"{layout}/blobs/sha256"))
        {
            if (!File.ReadAllBytes(file).AsSpan().StartsWith("{\"schemaVersion\""u8))
            {
                continue;
            }

            string before = File.ReadAllText(file);
            byte[] after = Encoding.UTF8.GetBytes(change(before));
            string digest = Convert.ToHexStringLower(SHA256.HashData(after));
            File.WriteAllBytes($"{layout}/blobs/sha256/{digest}", after);
            string index = $"{layout}/index.json";
            File.WriteAllText(index, File.ReadAllText(index).Replace(Path.GetFileName(file), digest, StringComparison.Ordinal).Replace($"\"size\":{before.Length}", $"\"size\":{after.Length}", StringComparison.Ordinal));
        }
    }
}

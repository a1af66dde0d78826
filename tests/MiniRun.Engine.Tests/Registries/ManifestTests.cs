using System.Text;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Registries;
using MiniRun.Engine.Tests.Registries.Harness;

namespace MiniRun.Engine.Tests.Registries;

public sealed class ManifestTests
{
    private static readonly byte[] s_manifest = Encoding.UTF8.GetBytes("""{"schemaVersion":2}""");

    [Fact]
    public async Task A_tag_gives_the_bytes_their_type_and_their_digest()
    {
        using TestRegistry registry = new(_ => TestReply.Ok(s_manifest).With("Content-Type", $"{MediaTypes.OciManifest}; charset=utf-8").With("Docker-Content-Digest", Digest.Of(s_manifest).ToString()));
        using RegistryClient client = Clients.New();
        FetchedManifest fetched = await client.FetchManifestAsync(registry.Image(), CancellationToken.None);
        Assert.Equal(s_manifest, fetched.Bytes.ToArray());
        Assert.Equal((MediaTypes.OciManifest, Digest.Of(s_manifest), s_manifest.Length), (fetched.Descriptor.MediaType, fetched.Descriptor.Digest, fetched.Descriptor.Size));
        TestRequest request = Assert.Single(registry.Requests, request => request.Path != "/v2/");
        Assert.Equal("/v2/app/manifests/1", request.Target);
        Assert.Equal(string.Join(", ", MediaTypes.Accepted), request.Headers["accept"]);
        Assert.False(request.Headers.ContainsKey("accept-encoding"));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(200, false)]
    [InlineData(405, false)]
    public async Task A_tags_digest_can_be_asked_for_alone(int status, bool isSaid)
    {
        TestReply reply = TestReply.Ok(s_manifest) with { Status = status };
        using TestRegistry registry = new(_ => isSaid ? reply.With("Docker-Content-Digest", Digest.Of(s_manifest).ToString()) : reply);
        using RegistryClient client = Clients.New();
        Assert.Equal(isSaid ? Digest.Of(s_manifest) : null, await client.FindDigestAsync(registry.Image(), CancellationToken.None));
        Assert.Equal("HEAD", registry.Requests[^1].Method);
    }

    [Fact]
    public async Task What_was_asked_for_by_digest_must_have_it()
    {
        using TestRegistry registry = new(_ => TestReply.Ok(s_manifest));
        using RegistryClient client = Clients.New();
        await client.FetchManifestAsync(registry.Image($"@{Digest.Of(s_manifest)}"), CancellationToken.None);
        string other = Digest.Of("x"u8).ToString();
        await Clients.FailsAsync(() => client.FetchManifestAsync(registry.Image($"@{other}"), CancellationToken.None), other, "was asked for", Digest.Of(s_manifest).ToString());
    }

    [Theory]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000", "is what the registry says it is")]
    [InlineData("sha256:../../etc/passwd", "invalid digest")]
    public async Task A_registry_that_contradicts_itself_is_not_believed(string digest, string problem)
    {
        using TestRegistry registry = new(_ => TestReply.Ok(s_manifest).With("Docker-Content-Digest", digest));
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.FetchManifestAsync(registry.Image(), CancellationToken.None), digest, problem);
    }

    [Fact]
    public async Task A_manifest_without_end_is_refused()
    {
        using TestRegistry registry = new(_ => TestReply.Ok(s_manifest) with { Length = null, Endless = true });
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.FetchManifestAsync(registry.Image(), CancellationToken.None), "larger than 4194304 bytes");
    }

    [Fact]
    public async Task A_manifest_that_announces_too_much_is_not_read()
    {
        using TestRegistry registry = new(_ => TestReply.Ok(s_manifest) with { Length = 1L << 40 });
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.FetchManifestAsync(registry.Image(), CancellationToken.None), "larger than 4194304 bytes");
    }

    [Fact]
    public async Task A_manifest_that_breaks_off_is_asked_for_again()
    {
        int asked = 0;
        using TestRegistry registry = new(request => TestReply.Ok(s_manifest) with { DropAfter = request.Path == "/v2/" || ++asked > 1 ? int.MaxValue : 3 });
        using RegistryClient client = Clients.New();
        Assert.Equal(s_manifest, (await client.FetchManifestAsync(registry.Image(), CancellationToken.None)).Bytes.ToArray());
        Assert.Equal(2, asked);
    }

    [Theory]
    [InlineData(404, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""", "not found", "manifest unknown")]
    [InlineData(403, """{"errors":[{"code":"DENIED"}]}""", "access denied", "DENIED")]
    [InlineData(400, """{"errors":[{"code":"X","message":"first\nline"},{"message":"second"}]}""", "400 BadRequest (first line; second)", "")]
    [InlineData(418, "<html>tea</html>", "answers 418", "")]
    [InlineData(404, """{"errors":[7,{"message":7}]}""", "not found", "404")]
    public async Task A_refusal_is_one_line_with_the_registrys_words(int status, string body, string what, string words)
    {
        using TestRegistry registry = new(_ => TestReply.Text(status, body));
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.FetchManifestAsync(registry.Image(), CancellationToken.None), $"image {registry.Authority}/app:1", registry.Authority, what, words);
    }

    [Fact]
    public async Task A_long_message_is_cut()
    {
        using TestRegistry registry = new(_ => TestReply.Text(400, $$"""{"errors":[{"message":"{{new string('x', 5000)}}"}]}"""));
        using RegistryClient client = Clients.New();
        MiniRun.Linux.MiniRunException failure = await Assert.ThrowsAnyAsync<MiniRun.Linux.MiniRunException>(() => client.FetchManifestAsync(registry.Image(), CancellationToken.None));
        Assert.InRange(failure.Message.Length, 200, 350);
    }
}

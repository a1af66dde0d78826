using System.Text;
using MiniRun.Engine.Registries;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Engine.Tests.Registries.Harness;

namespace MiniRun.Engine.Tests.Registries.Authentication;

public sealed class LoginTests
{
    private static readonly byte[] s_manifest = "{}"u8.ToArray();
    private static readonly byte[] s_bytes = new byte[10_000];
    private static readonly RegistryCredential s_login = new("user", "pa:ss");

    [Fact]
    public async Task A_password_is_given_where_basic_is_asked_for_and_only_then()
    {
        string basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("user:pa:ss"))}";
        using TestRegistry registry = new(request => request.Authorization == basic ? TestReply.Ok(s_manifest) : TestReply.Text(401, "").With("WWW-Authenticate", "Basic realm=\"x\""));
        using RegistryClient client = Clients.New(login: s_login);
        await client.FetchManifestAsync(registry.Image(), CancellationToken.None);
        await client.FetchManifestAsync(registry.Image(), CancellationToken.None);
        Assert.Equal([null, basic, basic], registry.Requests.Where(request => request.Path.Contains("/manifests/")).Select(request => request.Authorization));
    }

    [Fact]
    public async Task A_token_is_fetched_once_a_scope_and_again_when_it_has_run_out()
    {
        int tokens = 0;
        using TestRegistry server = new(_ => TestReply.Text(200, $$"""{"token":"t{{++tokens}}"}"""));
        string current = "Bearer t1";
        using TestRegistry registry = new(request => request.Authorization == current ? TestReply.Ok(request.Path.Contains("/blobs/") ? s_bytes : s_manifest) : Bearer($"http://{server.Authority}/token"));
        using RegistryClient client = Clients.New(login: s_login);
        await client.FetchManifestAsync(registry.Image(), CancellationToken.None);
        await client.ReadBlobAsync(registry, Clients.Blob(s_bytes));
        Assert.Equal(1, tokens);
        current = "Bearer t2";
        await client.ReadBlobAsync(registry, Clients.Blob(s_bytes));
        Assert.Equal(2, tokens);
        Assert.Equal("/token?service=r&scope=repository%3Aapp%3Apull&account=user", server.Requests[0].Target);
        Assert.StartsWith("Basic ", server.Requests[0].Authorization);
    }

    [Fact]
    public async Task A_token_that_runs_out_within_a_blob_is_renewed()
    {
        int tokens = 0;
        using TestRegistry server = new(_ => TestReply.Text(200, $$"""{"access_token":"t{{++tokens}}"}"""));
        using TestRegistry registry = new(request => request.Authorization is null || request.Authorization == (request.From > 0 ? "Bearer t1" : "") ? Bearer($"http://{server.Authority}/token")
            : request.From > 0 ? new TestReply(206, s_bytes[request.From..]).With("Content-Range", $"bytes {request.From}-9999/10000")
            : TestReply.Ok(s_bytes) with { DropAfter = 5000 });
        using RegistryClient client = Clients.New();
        Assert.Equal(s_bytes, await client.ReadBlobAsync(registry, Clients.Blob(s_bytes)));
        Assert.Equal(2, tokens);
    }

    [Fact]
    public async Task An_identity_token_is_exchanged_and_never_sent_to_the_registry()
    {
        using TestRegistry server = new(_ => TestReply.Text(200, """{"access_token":"t"}"""));
        using TestRegistry registry = new(request => request.Authorization == "Bearer t" ? TestReply.Ok(s_manifest) : Bearer($"http://{server.Authority}/token"));
        using RegistryClient client = Clients.New(login: new RegistryCredential("", "") { IdentityToken = "refresh+me" });
        await client.FetchManifestAsync(registry.Image(), CancellationToken.None);
        TestRequest exchange = Assert.Single(server.Requests);
        Assert.Equal(("POST", null), (exchange.Method, exchange.Authorization));
        Assert.Equal("grant_type=refresh_token&service=r&client_id=minirun&scope=repository%3Aapp%3Apull&refresh_token=refresh%2Bme", Encoding.ASCII.GetString(exchange.Body));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Basic")]
    public async Task A_registry_that_refuses_for_ever_is_asked_a_few_times(string scheme)
    {
        int tokens = 0;
        using TestRegistry server = new(_ => TestReply.Text(200, $$"""{"token":"t{{++tokens}}"}"""));
        using TestRegistry registry = new(_ => TestReply.Text(401, """{"errors":[{"message":"no entry"}]}""").With("WWW-Authenticate", $"{scheme} realm=\"http://{server.Authority}/\",service=\"r\""));
        using RegistryClient client = Clients.New(login: s_login);
        await Clients.FailsAsync(() => client.FetchManifestAsync(registry.Image(), CancellationToken.None), "access denied", "401", "no entry", "the login has no right to it", $"minirun login {registry.Authority}");
        Assert.InRange(registry.Requests.Count, 2, 5);
    }

    [Fact]
    public async Task Without_a_login_the_remedy_is_one()
    {
        using TestRegistry registry = new(_ => TestReply.Text(401, "").With("WWW-Authenticate", "Basic realm=\"x\""));
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.FetchManifestAsync(registry.Image(), CancellationToken.None), "access denied", $"it does not exist or needs a login: minirun login {registry.Authority}");
    }

    [Theory]
    [InlineData("http://token.example/", "where a login could be read on the way")]
    [InlineData("ftp://token.example/", "no address of a token server")]
    [InlineData("file:///etc/passwd", "no address of a token server")]
    [InlineData("/token", "no address of a token server")]
    [InlineData("", "no address of a token server")]
    public async Task A_realm_that_cannot_be_trusted_gets_nothing(string realm, string problem)
    {
        TokenServer tokens = new(null!, TimeSpan.Zero);
        Challenge challenge = new("Bearer", new Dictionary<string, string> { ["realm"] = realm });
        RegistryEndpoint endpoint = RegistryEndpoint.Of("r.example", RegistryConfig.Empty);
        await Clients.FailsAsync(() => tokens.FetchAsync(endpoint, challenge, RegistryScope.Pull("a"), s_login, CancellationToken.None), "registry r.example", problem);
    }

    [Theory]
    [InlineData("{}", "access_token is missing")]
    [InlineData("""{"token":"a b"}""", "holds what no token may")]
    [InlineData("""{"token":"a\r\nX-Evil: 1"}""", "holds what no token may")]
    [InlineData("""{"token":7}""", "token: a text is expected")]
    [InlineData("<html>", "a token server's answer")]
    public async Task What_is_no_token_is_refused(string answer, string problem)
    {
        using TestRegistry server = new(_ => TestReply.Text(200, answer));
        using TestRegistry registry = new(_ => Bearer($"http://{server.Authority}/token"));
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.FetchManifestAsync(registry.Image(), CancellationToken.None), server.Authority, problem);
    }

    [Fact]
    public async Task A_login_is_checked_and_an_identity_token_kept_instead_of_the_password()
    {
        using TestRegistry server = new(request => request.Authorization is null ? TestReply.Text(401, "") : TestReply.Text(200, """{"token":"t","refresh_token":"keep"}"""));
        using TestRegistry registry = new(request => request.Authorization == "Bearer t" ? TestReply.Ok([]) : Bearer($"http://{server.Authority}/token"));
        RegistryCredential kept = await RegistryLogin.CheckAsync(Clients.Settings, registry.Authority, s_login, CancellationToken.None);
        Assert.Equal(("user", "", "keep"), (kept.UserName, kept.Password, kept.IdentityToken));
        Assert.Contains("offline_token=true", server.Requests[0].Target);
        Assert.DoesNotContain("scope", server.Requests[0].Target);
    }

    [Fact]
    public async Task A_wrong_login_is_refused()
    {
        using TestRegistry registry = new(_ => TestReply.Text(401, "").With("WWW-Authenticate", "Basic realm=\"x\""));
        await Clients.FailsAsync(() => RegistryLogin.CheckAsync(Clients.Settings, registry.Authority, s_login, CancellationToken.None), $"login at {registry.Authority}: refused");
    }

    [Fact]
    public void A_login_does_not_print_its_secrets() => Assert.Equal("the login of user", s_login.ToString());

    private static TestReply Bearer(string realm) => TestReply.Text(401, "").With("WWW-Authenticate", $"Bearer realm=\"{realm}\",service=\"r\",scope=\"ignored\"");
}

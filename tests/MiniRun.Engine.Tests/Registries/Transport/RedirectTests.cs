using MiniRun.Engine.Registries;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Engine.Registries.Transport;
using MiniRun.Engine.Tests.Registries.Harness;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Registries.Transport;

public sealed class RedirectTests
{
    private static readonly byte[] s_bytes = new byte[1000];
    private static readonly RegistryCredential s_login = new("user", "pass");

    [Fact]
    public async Task A_login_stays_with_its_host()
    {
        using TestRegistry storage = new(_ => TestReply.Ok(s_bytes));
        using TestRegistry registry = new(request => request.Authorization is null ? TestReply.Text(401, "").With("WWW-Authenticate", "Basic realm=\"x\"")
            : request.Path == "/here" ? TestReply.Text(307, "").With("Location", $"http://{storage.Authority}/there?signature=1")
            : TestReply.Text(302, "").With("Location", "/here"));
        using RegistryClient client = Clients.New(login: s_login);
        Assert.Equal(s_bytes, await client.ReadBlobAsync(registry, Clients.Blob(s_bytes)));
        Assert.StartsWith("Basic ", registry.Requests[^1].Authorization);
        TestRequest there = Assert.Single(storage.Requests);
        Assert.Equal("/there?signature=1", there.Target);
        Assert.Null(there.Authorization);
    }

    [Fact]
    public async Task Another_host_cannot_ask_for_the_login()
    {
        using TestRegistry thief = new(_ => TestReply.Text(401, "").With("WWW-Authenticate", "Basic realm=\"give me\""));
        using TestRegistry registry = new(request => request.Path == "/v2/" ? TestReply.Ok([]) : TestReply.Text(307, "").With("Location", $"http://{thief.Authority}/"));
        using RegistryClient client = Clients.New(login: s_login);
        await Clients.FailsAsync(() => client.ReadBlobAsync(registry, Clients.Blob(s_bytes)), "access denied");
        Assert.All(thief.Requests, request => Assert.Null(request.Authorization));
    }

    [Fact]
    public async Task A_blocked_host_is_not_spoken_to_by_a_redirect_either()
    {
        using TestRegistry blocked = new(_ => TestReply.Ok(s_bytes));
        using TestRegistry registry = new(request => request.Path == "/v2/" ? TestReply.Ok([]) : TestReply.Text(307, "").With("Location", $"http://{blocked.Authority}/"));
        using RegistryClient client = Clients.New(new RegistryConfig { Blocked = [blocked.Authority] });
        await Clients.FailsAsync(() => client.ReadBlobAsync(registry, Clients.Blob(s_bytes)), $"registry {blocked.Authority} is blocked");
        Assert.Empty(blocked.Requests);
    }

    [Fact]
    public async Task A_circle_of_redirects_ends()
    {
        using TestRegistry registry = new(request => request.Path == "/v2/" ? TestReply.Ok([]) : TestReply.Text(307, "").With("Location", "/again"));
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.ReadBlobAsync(registry, Clients.Blob(s_bytes)), "redirects more than 10 times");
        Assert.InRange(registry.Requests.Count, 11, 13);
    }

    [Theory]
    [InlineData("http://r.example/", false, "redirects from HTTPS to http://r.example")]
    [InlineData("file:///etc/passwd", true, "redirects from HTTPS to file://")]
    [InlineData("gopher://r.example", true, "redirects from HTTPS to gopher://")]
    public void A_redirect_does_not_lead_away_from_http(string location, bool mayBePlain, string problem) =>
        Assert.Contains(problem, Assert.Throws<MiniRunException>(() => HttpTransport.NextOf(new Uri("https://r.example/a"), new Uri(location), mayBePlain)).Message);

    [Theory]
    [InlineData("https://r.example/a", "b?c", false, "https://r.example/b?c")]
    [InlineData("https://r.example/a", "http://s.example/", true, "http://s.example/")]
    [InlineData("http://r.example/a", "http://s.example/", false, "http://s.example/")]
    public void Relative_and_absolute_locations_are_followed(string from, string location, bool mayBePlain, string expected) =>
        Assert.Equal(expected, HttpTransport.NextOf(new Uri(from), new Uri(location, UriKind.RelativeOrAbsolute), mayBePlain).ToString());
}

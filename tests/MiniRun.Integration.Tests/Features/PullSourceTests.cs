using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>Where images come from: mirrors, private repositories, registries with TLS.</summary>
[Collection(ContainerTests.Name)]
public sealed class PullSourceTests(ContainerHost host)
{
    [Fact]
    public void Ubuntu_comes_from_a_mirror_of_docker_io()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        using ImageHost images = new(host);
        // A small root file system under that name: what is tested is the name, not what is in it.
        registry.Feed(TestImages.Busybox(host), "library/ubuntu:latest");
        images.Configure($$"""{"mirrors":{"docker.io":["http://{{registry.Address}}"]} }""");

        Assert.Equal("1000", images.Run("run", "--rm", "--user=1000", "--cap-drop=ALL", "ubuntu", "id", "-u").Succeeded());
        Assert.StartsWith("ubuntu       latest", images.Run("images").Lines()[1], StringComparison.Ordinal);
        Assert.Contains("Status: Image is up to date for ubuntu:latest", images.Run("pull", "docker.io/library/ubuntu:latest").Lines());
    }

    [Fact]
    public void A_private_repository_is_open_to_who_has_logged_in()
    {
        using LocalRegistry registry = LocalRegistry.Start(host, login: true);
        using ImageHost images = new(host);
        registry.Feed(TestImages.Busybox(host), "private/app:1");
        string name = $"{registry.Address}/private/app:1";

        images.Run("pull", name).FailedInOneLine(1, registry.Address, "login");
        images.RunWithInput(LocalRegistry.Password + "\n", "login", "-u", LocalRegistry.User, "--password-stdin", registry.Address).Succeeded();
        Assert.Equal(name, images.Run("pull", "-q", name).Succeeded());
        images.Run("logout", registry.Address).Succeeded();
        images.Run("pull", name).FailedInOneLine(1, registry.Address, "login");
    }

    [Fact]
    public void With_tls_an_image_comes_from_a_registry_whose_authority_is_known()
    {
        using LocalRegistry registry = LocalRegistry.Start(host, tls: true);
        using ImageHost images = new(host);
        registry.Feed(TestImages.Busybox(host), "app:1");
        string server = $"registry.example:{registry.Port}";
        EtcFolder etc = new EtcFolder(host, host.NewFolder("etc")).With("hosts", "127.0.0.1 registry.example localhost\n");

        Pull(etc, images, $"{server}/app:1").FailedInOneLine(1, server, "an authority that this machine does not know");
        etc.With($"minirun/certs.d/{server}/ca.crt", File.ReadAllText($"{registry.Folder}/ca.crt"));
        Assert.Equal($"{server}/app:1", Pull(etc, images, $"{server}/app:1").Succeeded());
        Assert.Equal("ran", images.Run("run", "--rm", $"{server}/app:1", "echo", "ran").Succeeded());
    }

    [Fact]
    public void A_registry_that_asks_for_a_certificate_gets_the_one_that_is_there_for_it()
    {
        using LocalRegistry registry = LocalRegistry.Start(host, tls: true, clientCertificate: true);
        using ImageHost images = new(host);
        registry.Feed(TestImages.Busybox(host), "app:1");
        EtcFolder etc = new EtcFolder(host, host.NewFolder("etc")).With($"minirun/certs.d/{registry.Address}/ca.crt", File.ReadAllText($"{registry.Folder}/ca.crt"));

        Pull(etc, images, $"{registry.Address}/app:1").FailedInOneLine(1, registry.Address);
        etc.With($"minirun/certs.d/{registry.Address}/client.cert", File.ReadAllText($"{registry.Folder}/client/client.cert"));
        Pull(etc, images, $"{registry.Address}/app:1").FailedInOneLine(1, "client.key");
        etc.With($"minirun/certs.d/{registry.Address}/client.key", File.ReadAllText($"{registry.Folder}/client/client.key"));
        Assert.Equal($"{registry.Address}/app:1", Pull(etc, images, $"{registry.Address}/app:1").Succeeded());
    }

    [Fact]
    public void Through_a_proxy_names_are_the_proxys_to_resolve_and_authorities_the_environments_to_name()
    {
        using LocalRegistry registry = LocalRegistry.Start(host, tls: true);
        using StallingProxy proxy = new(registry, connects: true);
        using ImageHost images = new(host);
        registry.Feed(TestImages.Busybox(host), "app:1");
        string server = $"registry.example:{registry.Port}"; // which this machine does not know

        using RunningProgram pull = host.StartWith([.. images.Variables, new("HTTPS_PROXY", $"http://{proxy.Address}"), new("SSL_CERT_FILE", $"{registry.Folder}/ca.crt")], host.Minirun, "pull", "-q", $"{server}/app:1");
        Assert.Equal($"{server}/app:1", pull.Wait().Succeeded());
        Assert.All(proxy.Requests, request => Assert.Equal($"CONNECT {server} HTTP/1.1", request));
        Assert.NotEmpty(proxy.Requests);
    }

    private ProgramResult Pull(EtcFolder etc, ImageHost images, string name)
    {
        using RunningProgram pull = etc.Start(images.Variables, host.Minirun, "pull", "-q", name);
        return pull.Wait();
    }
}

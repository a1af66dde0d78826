using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

[Collection(ContainerTests.Name)]
public sealed class RegistryTests(ContainerHost host)
{
    private const string User = LocalRegistry.User;

    [Fact]
    public void A_login_is_checked_kept_for_docker_too_and_forgotten()
    {
        using LocalRegistry registry = LocalRegistry.Start(host, login: true);
        string config = host.NewFolder();
        ProgramResult login = LogIn(registry, config, LocalRegistry.Password);
        Assert.Equal("Login Succeeded", login.Succeeded());
        Assert.Contains("stored unencrypted", login.Error);
        string file = File.ReadAllText($"{config}/config.json");
        Assert.Contains($"\"{registry.Address}\"", file);
        // skopeo takes the login from the same file.
        string image = new OciImageFolder(host.NewFolder("image")).Layer(host.NewFolder("layer")).Finish("{}");
        host.Program("skopeo", "copy", "--quiet", "--insecure-policy", "--dest-tls-verify=false", "--authfile", $"{config}/config.json", image, $"docker://{registry.Address}/app:1").Succeeded();
        Assert.StartsWith("Removing login credentials", With(config, "logout", registry.Address).Succeeded());
        Assert.StartsWith("Not logged in", With(config, "logout", registry.Address).Succeeded());
    }

    [Fact]
    public void A_wrong_login_is_refused_and_not_kept()
    {
        using LocalRegistry registry = LocalRegistry.Start(host, login: true);
        string config = host.NewFolder();
        LogIn(registry, config, "wrong").FailedInOneLine(1, $"login at {registry.Address}", "the password is wrong");
        Assert.Empty(Directory.GetFileSystemEntries(config));
    }

    [Fact]
    public void On_a_terminal_name_and_password_are_asked_for_and_the_password_is_not_shown()
    {
        using LocalRegistry registry = LocalRegistry.Start(host, login: true);
        string config = host.NewFolder();
        ProgramResult login = host.Bash($"""
            (sleep 2; printf '{User}\n'; sleep 2; printf '{LocalRegistry.Password}x\177\r'; sleep 1) |
              DOCKER_CONFIG='{config}' SHELL=/bin/bash script -qec "$MINIRUN login {registry.Address}" /dev/null
            """);
        Assert.Contains("Login Succeeded", login.Succeeded());
        Assert.Contains($"Username: {User}", login.Output);
        Assert.DoesNotContain(LocalRegistry.Password, login.Output);
    }

    [Fact]
    public void Without_a_terminal_nothing_is_asked() =>
        host.Run("login", "-u", User, "localhost:1").FailedInOneLine(125, "Cannot perform an interactive login", "--password-stdin");

    [Fact]
    public void A_registry_of_an_unknown_authority_is_refused_with_the_place_for_its_certificate()
    {
        using LocalRegistry registry = LocalRegistry.Start(host, tls: true, login: true);
        string config = host.NewFolder();

        // 127.0.0.1 needs no authority; another name for it does.
        LogIn(registry, config, LocalRegistry.Password).Succeeded();
        string name = $"registry.example:{registry.Port}";
        string place = $"minirun/certs.d/{name}/ca.crt";
        EtcFolder etc = new EtcFolder(host, host.NewFolder("etc")).With("hosts", "127.0.0.1 registry.example localhost\n");
        LogIn(registry, config, LocalRegistry.Password, name, etc).FailedInOneLine(1, $"registry {name}", "an authority that this machine does not know", $"/etc/{place}");
        LogIn(registry, config, LocalRegistry.Password, name, etc, KeyValuePair.Create("SSL_CERT_FILE", $"{registry.Folder}/ca.crt")).Succeeded();
        etc.With(place, "no certificate");
        LogIn(registry, config, LocalRegistry.Password, name, etc).FailedInOneLine(1, "an authority that this machine does not know");
        etc.With(place, File.ReadAllText($"{registry.Folder}/ca.crt"));
        LogIn(registry, config, LocalRegistry.Password, name, etc).Succeeded();
    }

    [Fact]
    public void A_certificate_for_another_name_is_refused()
    {
        using LocalRegistry registry = LocalRegistry.Start(host, tls: true, login: true);
        EtcFolder etc = new EtcFolder(host, host.NewFolder("etc")).With("hosts", "127.0.0.1 other.example localhost\n");
        LogIn(registry, host.NewFolder(), LocalRegistry.Password, $"other.example:{registry.Port}", etc, KeyValuePair.Create("SSL_CERT_FILE", $"{registry.Folder}/ca.crt"))
            .FailedInOneLine(1, "is for another host name");
    }

    [Fact]
    public void A_proxy_is_used_where_the_environment_names_one()
    {
        string config = host.NewFolder();
        KeyValuePair<string, string>[] variables = [new("DOCKER_CONFIG", config), new("HTTPS_PROXY", "http://127.0.0.1:9"), new("NO_PROXY", "direct.invalid")];
        Run(variables, "login", "-u", "u", "-p", "p", "registry.invalid").FailedInOneLine(1, "registry.invalid", "connection refused", "through the proxy http://127.0.0.1:9");
        Run(variables, "login", "-u", "u", "-p", "p", "direct.invalid").FailedInOneLine(1, "direct.invalid", "address cannot be found");
    }

    private ProgramResult LogIn(LocalRegistry registry, string config, string password, string? server = null, EtcFolder? etc = null, params KeyValuePair<string, string>[] variables)
    {
        string[] arguments = ["login", "-u", User, "--password-stdin", server ?? registry.Address];
        KeyValuePair<string, string>[] all = [new("DOCKER_CONFIG", config), .. variables];
        using RunningProgram login = etc is null ? host.StartWith(all, host.Minirun, arguments) : etc.Start(all, host.Minirun, arguments);
        login.Input.Write(password + "\n");
        return login.Wait();
    }

    private ProgramResult With(string config, params string[] arguments) => Run([new("DOCKER_CONFIG", config)], arguments);

    private ProgramResult Run(IEnumerable<KeyValuePair<string, string>> variables, params string[] arguments)
    {
        using RunningProgram program = host.StartWith(variables, host.Minirun, arguments);
        return program.Wait();
    }
}

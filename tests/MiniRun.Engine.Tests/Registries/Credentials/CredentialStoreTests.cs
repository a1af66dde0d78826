using System.Text;
using MiniRun.Engine.Registries.Authentication;
using MiniRun.Engine.Registries.Credentials;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Registries.Credentials;

public sealed class CredentialStoreTests : IDisposable
{
    private const string Docker = "https://index.docker.io/v1/";

    // Keeps one login in a file beside it and writes what it was asked.
    private const string Helper = """
        #!/bin/sh
        input=$(cat)
        echo "$1 $input" >> "$0.log"
        case $1 in
          get) [ -s "$0.kept" ] && cat "$0.kept" || { echo "credentials not found in native keychain"; exit 1; } ;;
          store) printf %s "$input" > "$0.kept" ;;
          erase) rm -f "$0.kept" ;;
        esac
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("minirun-logins-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_login_is_written_as_docker_writes_it_and_everything_else_stays()
    {
        Write("""{"HttpHeaders":{"X":"y"},"auths":{"other.example":{"auth":"YTpi","email":"e"}},"psFormat":"<b>&"}""");
        Assert.Equal("", Store().Store("r.example:5000", new RegistryCredential("user", "pa:ss")));
        Assert.Equal(
            "{\n\t\"auths\": {\n\t\t\"other.example\": {\n\t\t\t\"auth\": \"YTpi\",\n\t\t\t\"email\": \"e\"\n\t\t},\n\t\t\"r.example:5000\": {\n\t\t\t\"auth\": \"dXNlcjpwYTpzcw==\"\n\t\t}\n\t},\n\t\"HttpHeaders\": {\n\t\t\"X\": \"y\"\n\t},\n\t\"psFormat\": \"<b>&\"\n}",
            File.ReadAllText(Path.Combine(_folder, "config.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode($"{_folder}/config.json"));
        Assert.Equal(["config.json"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
        RegistryCredential read = Store().Get("r.example:5000")!;
        Assert.Equal(("user", "pa:ss"), (read.UserName, read.Password));
    }

    [Fact]
    public void A_login_is_forgotten_and_the_others_stay()
    {
        Write("""{"auths":{"a.example":{"auth":"YTpi"},"b.example":{"auth":"YTpi"}}}""");
        Assert.True(Store().Erase("a.example"));
        Assert.False(Store().Erase("a.example"));
        Assert.Null(Store().Get("a.example"));
        Assert.NotNull(Store().Get("b.example"));
    }

    [Fact]
    public void Where_nothing_is_there_is_no_login()
    {
        Assert.Null(Store("absent").Get("a.example"));
        Assert.False(Directory.Exists($"{_folder}/absent"));
        Store("absent/new").Store("a.example", new RegistryCredential("u", "p"));
        Assert.NotNull(Store("absent/new").Get("a.example"));
    }

    [Theory]
    [InlineData("""{"auths":{"https://r.example/v1/":{"auth":"dTpw"}}}""", "r.example")]
    [InlineData("""{"auths":{"http://r.example":{"username":"u","password":"p"}}}""", "r.example")]
    [InlineData("""{"auths":{"docker.io":{"auth":"dTpw"}}}""", Docker)]
    [InlineData("""{"auths":{"index.docker.io":{"auth":"dTpw"}}}""", Docker)]
    public void Other_programs_ways_to_name_a_registry_are_understood(string json, string key)
    {
        Write(json);
        Assert.Equal(("u", "p"), (Store().Get(key)?.UserName, Store().Get(key)?.Password));
    }

    [Fact]
    public void An_identity_token_is_kept_and_read()
    {
        Store().Store(Docker, new RegistryCredential("user", "") { IdentityToken = "it" });
        Assert.Equal("it", Store().Get(Docker)?.IdentityToken);
        Assert.Contains($"\"auth\": \"{Convert.ToBase64String(Encoding.UTF8.GetBytes("user:"))}\"", File.ReadAllText($"{_folder}/config.json"));
    }

    [Theory]
    [InlineData("""{"credsStore":"test"}""")]
    [InlineData("""{"credsStore":"absent","credHelpers":{"r.example":"test"}}""")]
    public void A_helper_keeps_the_login_instead_of_the_file(string json)
    {
        Write(json);
        AddHelper(Helper);
        CredentialStore store = Store();
        Assert.Null(store.Get("r.example"));
        Assert.Equal("test", store.Store("r.example", new RegistryCredential("user", "secret")));
        Assert.Equal(("user", "secret"), (store.Get("r.example")?.UserName, store.Get("r.example")?.Password));
        Assert.DoesNotContain("secret", File.ReadAllText($"{_folder}/config.json"));
        Assert.True(store.Erase("r.example"));
        Assert.Null(store.Get("r.example"));
        Assert.Contains("""store {"ServerURL":"r.example","Username":"user","Secret":"secret"}""", File.ReadAllText($"{_folder}/docker-credential-test.log"));
    }

    [Fact]
    public void A_helper_keeps_identity_tokens_under_dockers_name_for_them()
    {
        Write("""{"credsStore":"test"}""");
        AddHelper(Helper);
        Store().Store("r.example", new RegistryCredential("user", "") { IdentityToken = "it" });
        Assert.Contains("<token>", File.ReadAllText($"{_folder}/docker-credential-test.kept"));
        Assert.Equal("it", Store().Get("r.example")?.IdentityToken);
    }

    [Theory]
    [InlineData("#!/bin/sh\necho the agent is locked; exit 3", "docker-credential-test get: exit status 3: the agent is locked")]
    [InlineData("#!/bin/sh\necho no json", "the answer of docker-credential-test is not a login")]
    [InlineData("#!/bin/sh\necho '{\"Username\":\"u\"}'", "Secret is missing")]
    [InlineData("#!/bin/sh\nexec head -c 100000 /dev/zero", "larger than 65536 bytes")]
    public void A_helper_that_fails_is_named(string script, string problem)
    {
        Write("""{"credsStore":"test"}""");
        AddHelper(script);
        Assert.Contains(problem, Assert.Throws<MiniRunException>(() => Store().Get("r.example")).Message);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("../../bin/sh")]
    public void A_helper_that_is_not_in_path_is_missed(string name)
    {
        Write($$"""{"credsStore":"{{name}}"}""");
        Assert.Contains($"docker-credential-{name}", Assert.Throws<MiniRunException>(() => Store().Get("r.example")).Message);
    }

    [Theory]
    [InlineData("{", "is not docker's configuration")]
    [InlineData("""{"auths":[]}""", "auths: an object is expected")]
    [InlineData("""{"auths":{"a":7}}""", "auths.a: an object is expected")]
    [InlineData("""{"auths":{"a":{"auth":"%%"}}}""", "auths.a.auth is no base64")]
    [InlineData("""{"auths":{"a":{"auth":"YQ=="}}}""", "auths.a.auth is no base64 of NAME:PASSWORD")]
    public void A_broken_file_is_named(string json, string problem)
    {
        Write(json);
        string message = Assert.Throws<MiniRunException>(() => Store().Get("a")).Message;
        Assert.StartsWith($"{_folder}/config.json", message);
        Assert.Contains(problem, message);
    }

    [Fact]
    public void The_file_is_in_DOCKER_CONFIG_or_at_home()
    {
        Assert.Equal("/d/config.json", DockerConfigFile.Of(name => name == "DOCKER_CONFIG" ? "/d" : "/home/u").Path);
        Assert.Equal("/home/u/.docker/config.json", DockerConfigFile.Of(name => name == "HOME" ? "/home/u" : null).Path);
        Assert.Contains("DOCKER_CONFIG", Assert.Throws<MiniRunException>(() => DockerConfigFile.Of(_ => null)).Message);
    }

    private CredentialStore Store(string folder = ".") => new(new DockerConfigFile(folder == "." ? _folder : $"{_folder}/{folder}"), $"relative:{_folder}:/usr/bin:/bin");

    private void Write(string json) => File.WriteAllText($"{_folder}/config.json", json);

    private void AddHelper(string script)
    {
        string path = $"{_folder}/docker-credential-test";
        File.WriteAllText(path, script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

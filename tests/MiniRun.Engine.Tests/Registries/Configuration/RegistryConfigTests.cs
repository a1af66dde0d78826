using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Linux;

namespace MiniRun.Engine.Tests.Registries.Configuration;

public sealed class RegistryConfigTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minirun-registries-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_files_every_registry_is_asked_itself_by_tls()
    {
        RegistryEndpoint endpoint = Assert.Single(Endpoints("ubuntu"));
        Assert.Equal(("docker.io", "registry-1.docker.io", "https", "https://index.docker.io/v1/"), (endpoint.Name, endpoint.Authority, endpoint.Scheme, endpoint.CredentialKey));
        Assert.Equal("quay.io", Assert.Single(Endpoints("quay.io/a/b")).CredentialKey);
    }

    [Fact]
    public void Mirrors_come_first_and_in_order()
    {
        string file = Write("a", """{"mirrors":{"docker.io":["http://localhost:5000","https://m.example/cache/","https://art.example/api/docker/v2"]}}""");
        IReadOnlyList<RegistryEndpoint> endpoints = Endpoints("ubuntu", file);
        Assert.Equal(["localhost:5000", "m.example", "art.example", "registry-1.docker.io"], endpoints.Select(endpoint => endpoint.Authority));
        Assert.Equal(["/v2/", "/v2/cache/", "/api/docker/v2/", "/v2/"], endpoints.Select(endpoint => endpoint.ApiPath + endpoint.Prefix));
        Assert.Equal([true, true, true, false], endpoints.Select(endpoint => endpoint.IsMirror));
        Assert.Equal([true, false, false, false], endpoints.Select(endpoint => endpoint.IsInsecure));
        Assert.Single(Endpoints("quay.io/a/b", file));
    }

    [Fact]
    public void The_users_file_wins_key_by_key_and_unblocks_nothing()
    {
        string machine = Write("machine", """{"mirrors":{"docker.io":["https://one.example"],"quay.io":["https://two.example"]},"insecure":["a.example"],"blocked":["b.example"]}""");
        string user = Write("user", """{"mirrors":{"docker.io":["https://three.example"]},"insecure":["c.example:5000"],"blocked":[]}""");
        RegistryConfig config = RegistryConfigFiles.Read([machine, user, $"{_folder}/absent.json"]);
        Assert.Equal("three.example", Assert.Single(config.Mirrors["docker.io"]).Authority);
        Assert.Equal("two.example", Assert.Single(config.Mirrors["quay.io"]).Authority);
        Assert.Equal((false, true), (config.IsInsecure("a.example"), config.IsInsecure("c.example:5000")));
        MiniRunException failure = Assert.Throws<MiniRunException>(() => RegistryEndpoint.For(ImageReference.Parse("b.example/app"), config));
        Assert.Contains("registry b.example is blocked", failure.Message);
        Assert.True(RegistryConfigFiles.Read([machine, Write("other", "{}")]).IsInsecure("a.example"));
    }

    [Theory]
    [InlineData("evil.example", "evil.example/a", true)]
    [InlineData("evil.example", "EVIL.example/a", true)]
    [InlineData("evil.example", "evil.example:443/a", true)]
    [InlineData("evil.example", "evil.example:8443/a", true)]
    [InlineData("evil.example:443", "evil.example/a", true)]
    [InlineData("evil.example:8443", "evil.example:8443/a", true)]
    [InlineData("evil.example:8443", "evil.example/a", false)]
    [InlineData("evil.example", "not.evil.example/a", false)]
    [InlineData("docker.io", "ubuntu", true)]
    [InlineData("docker.io", "registry-1.docker.io/library/ubuntu", true)]
    [InlineData("docker.io", "Index.docker.io/library/ubuntu", true)]
    [InlineData("index.docker.io", "ubuntu", true)]
    [InlineData("10.0.0.1", "10.1:80/a", true)]
    [InlineData("[::1]", "[0:0:0:0:0:0:0:1]:5000/a", true)]
    public void A_registry_is_blocked_under_every_name_of_it(string rule, string image, bool isBlocked)
    {
        RegistryConfig config = RegistryConfigFiles.Read([Write("blocked", $$"""{"blocked":["{{rule}}"]}""")]);
        Exception? failure = Record.Exception(() => RegistryEndpoint.For(ImageReference.Parse(image), config));
        Assert.Equal(isBlocked, failure is MiniRunException);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("localhost:5000", true)]
    [InlineData("127.8.9.1:443", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("[::2]:5000", false)]
    [InlineData("localhost.example", false)]
    [InlineData("10.1.2.3:5000", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("11.1.2.3:5000", false)]
    [InlineData("[fd00::1]:80", true)]
    [InlineData("lab.example", true)]
    [InlineData("LAB.example", true)]
    [InlineData("lab.example:5000", false)]
    [InlineData("lab.example:5001", true)]
    [InlineData("10.example", false)]
    public void Insecure_is_this_machine_and_what_is_listed(string authority, bool isInsecure)
    {
        string file = Write("a", """{"insecure":["10.0.0.0/8","fd00::/8","lab.example","lab.example:5001"]}""");
        Assert.Equal(isInsecure, RegistryConfigFiles.Read([file]).IsInsecure(authority));
    }

    [Theory]
    [InlineData("""{"mirror":{}}""", "there is no key \"mirror\"")]
    [InlineData("""{"mirrors":[]}""", "mirrors: an object is expected, not an array")]
    [InlineData("""{"mirrors":{"docker.io":"https://m.example"}}""", "docker.io: an array is expected, not a text")]
    [InlineData("""{"mirrors":{"docker.io":[7]}}""", "an item of mirrors.docker.io: a text is expected, not a number")]
    [InlineData("""{"mirrors":{"docker.io":["m.example"]}}""", "mirrors.docker.io: \"m.example\" is no address of a mirror")]
    [InlineData("""{"mirrors":{"docker.io":["https://user:secret@m.example"]}}""", "is no address of a mirror")]
    [InlineData("""{"mirrors":{"docker.io":["ftp://m.example"]}}""", "is no address of a mirror")]
    [InlineData("""{"mirrors":{"a/b":[]}}""", "mirrors: \"a/b\" is no registry")]
    [InlineData("""{"insecure":"10.0.0.0/8"}""", "insecure: an array is expected")]
    [InlineData("""{"insecure":["10.0.0.0/40"]}""", "insecure: \"10.0.0.0/40\" is neither")]
    [InlineData("""{"blocked":["https://x"]}""", "blocked: \"https://x\" is no registry")]
    [InlineData("""{"blocked":[],"blocked":[]}""", "blocked is there twice")]
    [InlineData("""[]""", "the document")]
    [InlineData("""{""", "is not a configuration of registries")]
    public void What_is_wrong_is_said_in_one_line_with_the_file(string json, string problem)
    {
        string file = Write("wrong", json);
        MiniRunException failure = Assert.Throws<MiniRunException>(() => RegistryConfigFiles.Read([file]));
        Assert.Contains(file, failure.Message);
        Assert.Contains(problem, failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void The_places_are_etc_and_the_users_folder()
    {
        Assert.Equal(["/etc/minirun/registries.json", "/x/minirun/registries.json"], RegistryConfigFiles.Paths(name => name == "XDG_CONFIG_HOME" ? "/x" : "/home/u"));
        Assert.Equal(["/etc/minirun/registries.json", "/home/u/.config/minirun/registries.json"], RegistryConfigFiles.Paths(name => name == "HOME" ? "/home/u" : null));
        Assert.Single(RegistryConfigFiles.Paths(_ => null));
    }

    [Theory]
    [InlineData("", "docker.io")]
    [InlineData("https://index.docker.io/v1/", "docker.io")]
    [InlineData("http://r.example:5000/v2/", "r.example:5000")]
    [InlineData("localhost:5000", "localhost:5000")]
    public void A_registry_may_be_named_by_its_address(string text, string name) => Assert.Equal(name, RegistryName.Parse(text));

    [Theory]
    [InlineData("a b")]
    [InlineData("x:99999")]
    public void What_is_no_registry_is_refused(string text) => Assert.Contains("is no registry", Assert.Throws<MiniRunException>(() => RegistryName.Parse(text)).Message);

    private static IReadOnlyList<RegistryEndpoint> Endpoints(string image, params string[] files) =>
        RegistryEndpoint.For(ImageReference.Parse(image), RegistryConfigFiles.Read(files));

    private string Write(string name, string json)
    {
        File.WriteAllText($"{_folder}/{name}.json", json);
        return $"{_folder}/{name}.json";
    }
}

using System.Text.Json;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

[Collection(ContainerTests.Name)]
public sealed class PushTests(ContainerHost host)
{
    [Fact]
    public void An_image_is_pushed_and_skopeo_reads_the_same()
    {
        using LocalRegistry from = LocalRegistry.Start(host);
        using LocalRegistry to = LocalRegistry.Start(host, tls: true, login: true);
        string image = Fed(from, "app:1");
        string name = $"{to.Address}/team/app:2";
        host.Run("pull", "-q", $"{from.Address}/app:1").Succeeded();
        host.Run("tag", $"{from.Address}/app:1", name).Succeeded();
        string[] lines = WithLogin(to, "push", name).Lines();
        Assert.Equal($"The push refers to repository [{to.Address}/team/app]", lines[0]);
        Assert.Equal(2, lines.Count(line => line.EndsWith(": Pushed", StringComparison.Ordinal)));
        Assert.Matches("^2: digest: sha256:[0-9a-f]{64} size: [0-9]+$", lines[^1]);
        Assert.Equal(image, Digest(to.Inspect("team/app:2")));
        Assert.Contains($"digest: {image} size: ", lines[^1]);

        // What is there already is not sent again.
        Assert.Equal(2, WithLogin(to, "push", name).Lines().Count(line => line.EndsWith(": Already exists", StringComparison.Ordinal)));
        Assert.Equal(name, WithLogin(to, "push", "-q", name).Succeeded());
        Remove($"{from.Address}/app:1", name);
    }

    [Fact]
    public void Layers_are_mounted_from_another_repository_of_the_registry()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        Fed(registry, "first:1");
        string name = $"{registry.Address}/second:1";
        host.Run("pull", "-q", $"{registry.Address}/first:1").Succeeded();
        host.Run("tag", $"{registry.Address}/first:1", name).Succeeded();
        Assert.Equal(2, host.Run("push", name).Lines().Count(line => line.EndsWith(": Mounted", StringComparison.Ordinal)));
        Assert.Equal(Digest(registry.Inspect("first:1")), Digest(registry.Inspect("second:1")));
        Remove($"{registry.Address}/first:1", name);
    }

    [Fact]
    public void Without_a_login_a_push_is_refused_with_the_remedy()
    {
        using LocalRegistry from = LocalRegistry.Start(host);
        using LocalRegistry to = LocalRegistry.Start(host, login: true);
        Fed(from, "app:1");
        string name = $"{to.Address}/app:1";
        host.Run("pull", "-q", $"{from.Address}/app:1").Succeeded();
        host.Run("tag", $"{from.Address}/app:1", name).Succeeded();
        ProgramResult refused = Run([new("DOCKER_CONFIG", host.NewFolder())], "push", name);
        Assert.Equal(1, refused.Status);
        Assert.Contains("access denied", refused.Error);
        Assert.Contains($"minirun login {to.Address}", refused.Error);
        Remove($"{from.Address}/app:1", name);
    }

    [Fact]
    public void What_is_not_here_cannot_be_pushed()
    {
        host.Run("push", "localhost:1/nothing").FailedInOneLine(1, "An image does not exist locally with the tag: localhost:1/nothing");
        host.Run("push", $"localhost:1/nothing@sha256:{new string('0', 64)}").FailedInOneLine(1, "cannot push a digest reference");
    }

    [Fact]
    public void A_blocked_registry_and_a_wrong_configuration_are_told_of()
    {
        string folder = host.NewFolder();
        Directory.CreateDirectory($"{folder}/minirun");
        File.WriteAllText($"{folder}/minirun/registries.json", """{"blocked":["r.example"]}""");
        KeyValuePair<string, string>[] variables = [new("XDG_CONFIG_HOME", folder)];
        Run(variables, "pull", "r.example/app").FailedInOneLine(1, "registry r.example is blocked");
        File.WriteAllText($"{folder}/minirun/registries.json", """{"blocks":[]}""");
        Run(variables, "pull", "r.example/app").FailedInOneLine(1, $"{folder}/minirun/registries.json", "there is no key \"blocks\"");
    }

    /// <summary>Makes an image of two layers in a registry; returns its digest.</summary>
    private string Fed(LocalRegistry registry, string name)
    {
        string folder = host.NewFolder("layers");
        File.WriteAllText($"{Directory.CreateDirectory($"{folder}/1").FullName}/one", $"{registry.Port}");
        File.WriteAllBytes($"{Directory.CreateDirectory($"{folder}/2").FullName}/two", RandomBytes(3 << 20));
        registry.Feed(new OciImageFolder($"{folder}/image").Layer($"{folder}/1").Layer($"{folder}/2").Finish("""{"Cmd":["/bin/true"]}"""), name);
        return Digest(registry.Inspect(name));
    }

    private ProgramResult WithLogin(LocalRegistry registry, params string[] arguments)
    {
        string config = host.NewFolder("login");
        Run([new("DOCKER_CONFIG", config)], "login", "-u", LocalRegistry.User, "-p", LocalRegistry.Password, registry.Address).Succeeded();
        return Run([new("DOCKER_CONFIG", config)], arguments);
    }

    private ProgramResult Run(IEnumerable<KeyValuePair<string, string>> variables, params string[] arguments)
    {
        using RunningProgram program = host.StartWith(variables, host.Minirun, arguments);
        return program.Wait();
    }

    private void Remove(params string[] names) => host.Run(["rmi", .. names]).Succeeded();

    private static string Digest(string inspected) => JsonDocument.Parse(inspected).RootElement.GetProperty("Digest").GetString()!;

    private static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(3).NextBytes(bytes);
        return bytes;
    }
}

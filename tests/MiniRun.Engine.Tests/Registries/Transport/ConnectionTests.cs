using System.Net;
using System.Net.Sockets;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Registries;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Engine.Tests.Registries.Harness;

namespace MiniRun.Engine.Tests.Registries.Transport;

public sealed class ConnectionTests
{
    private static readonly byte[] s_manifest = "{}"u8.ToArray();

    [Fact]
    public async Task Nobody_listens()
    {
        string authority = FreePort();
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.FetchManifestAsync(ImageReference.Parse($"{authority}/app"), CancellationToken.None), $"registry {authority}", "connection refused");
    }

    [Fact]
    public async Task There_is_no_such_host()
    {
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.FetchManifestAsync(ImageReference.Parse("no.such.host.invalid/app"), CancellationToken.None), "registry no.such.host.invalid", "address cannot be found");
    }

    [Fact]
    public async Task A_registry_without_tls_is_told_of_where_it_is_required()
    {
        using TestRegistry registry = new(_ => TestReply.Ok(s_manifest));
        RegistryConfig config = new() { Mirrors = new Dictionary<string, IReadOnlyList<MirrorAddress>> { ["r.example"] = [MirrorAddress.TryParse($"https://{registry.Authority}")!] } };
        using RegistryClient client = Clients.New(config);
        await Clients.FailsAsync(() => client.FetchManifestAsync(ImageReference.Parse("r.example/app"), CancellationToken.None), $"its mirror https://{registry.Authority}: registry {registry.Authority}: TLS fails", "plain HTTP", "insecure");
    }

    [Fact]
    public async Task What_does_not_speak_http_is_said_so()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task server = Task.Run(async () =>
        {
            while (true)
            {
                using TcpClient guest = await listener.AcceptTcpClientAsync();
                guest.GetStream().Write("SSH-2.0-OpenSSH_9.2\r\n"u8);
                guest.Client.Shutdown(SocketShutdown.Send);
            }
        });
        using RegistryClient client = Clients.New();
        await Clients.FailsAsync(() => client.FetchManifestAsync(ImageReference.Parse($"{listener.LocalEndpoint}/app"), CancellationToken.None), "does not speak HTTP");
    }

    [Fact]
    public async Task A_host_that_never_answers_is_not_waited_for()
    {
        using TestRegistry registry = new(_ =>
        {
            Thread.Sleep(TimeSpan.FromSeconds(20));
            return TestReply.Ok(s_manifest);
        });
        using RegistryClient client = new(Clients.Settings with { AnswerTimeout = TimeSpan.FromMilliseconds(200) }, _ => null);
        await Clients.FailsAsync(() => client.FetchManifestAsync(registry.Image(), CancellationToken.None), "no answer within 0.2 s");
    }

    [Fact]
    public async Task A_mirror_serves_docker_io_without_its_name_in_the_path()
    {
        using TestRegistry mirror = new(_ => TestReply.Ok(s_manifest));
        using RegistryClient client = Clients.New(Mirrored($"http://{mirror.Authority}"));
        await client.FetchManifestAsync(ImageReference.Parse("ubuntu"), CancellationToken.None);
        Assert.Equal("/v2/library/ubuntu/manifests/latest", Assert.Single(mirror.Requests).Target);
    }

    [Fact]
    public async Task A_mirror_that_fails_is_passed_over()
    {
        using TestRegistry first = new(_ => TestReply.Text(404, """{"errors":[{"message":"not mirrored"}]}"""));
        using TestRegistry lying = new(_ => TestReply.Ok([1, 2, 3]));
        using TestRegistry last = new(_ => TestReply.Ok(s_manifest));
        using RegistryClient client = Clients.New(Mirrored($"http://{FreePort()}", $"http://{first.Authority}", $"http://{lying.Authority}", $"http://{last.Authority}/cache"));
        FetchedManifest fetched = await client.FetchManifestAsync(ImageReference.Parse($"ubuntu@{Digest.Of(s_manifest)}"), CancellationToken.None);
        Assert.Equal(s_manifest, fetched.Bytes.ToArray());
        Assert.StartsWith("/v2/cache/library/ubuntu/manifests/sha256:", Assert.Single(last.Requests).Target);
    }

    [Fact]
    public async Task All_that_was_tried_is_told()
    {
        using TestRegistry mirror = new(_ => TestReply.Text(404, """{"errors":[{"message":"not mirrored"}]}"""));
        using TestRegistry registry = new(_ => TestReply.Text(500, """{"errors":[{"message":"on fire"}]}"""));
        RegistryConfig config = new() { Mirrors = new Dictionary<string, IReadOnlyList<MirrorAddress>> { [registry.Authority] = [MirrorAddress.TryParse($"http://{mirror.Authority}")!] } };
        using RegistryClient client = Clients.New(config);
        await Clients.FailsAsync(() => client.FetchManifestAsync(registry.Image(), CancellationToken.None), "on fire", $"its mirror http://{mirror.Authority}", "not mirrored");
    }

    private static RegistryConfig Mirrored(params string[] mirrors) => new()
    {
        Mirrors = new Dictionary<string, IReadOnlyList<MirrorAddress>> { ["docker.io"] = [.. mirrors.Select(mirror => MirrorAddress.TryParse(mirror)!)] },
    };

    private static string FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return listener.LocalEndpoint.ToString()!;
    }
}

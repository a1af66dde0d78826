using System.Formats.Tar;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>
/// The images that texts about containers call "ubuntu", "nginx" and "myapp", as docker.io has them for a minirun whose mirror of it is a
/// registry on loopback. In truth all three are Debian's essential packages with ps, a setuid ping and nginx (rootfs-samples/server).
/// </summary>
public sealed class SeedImages : IDisposable
{
    private const string Path = "\"Env\":[\"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"]";
    private const string Ubuntu = "{" + Path + ",\"Cmd\":[\"/bin/bash\"]}";
    private const string Nginx = "{" + Path + ",\"Cmd\":[\"nginx\",\"-g\",\"daemon off;\"],\"StopSignal\":\"SIGQUIT\",\"ExposedPorts\":{\"80/tcp\":{}}}";

    private readonly LocalRegistry registry;

    private SeedImages(ContainerHost host, LocalRegistry registry)
    {
        this.registry = registry;
        Images = new ImageHost(host);
        Images.Configure($$$"""{"mirrors":{"docker.io":["http://{{{registry.Address}}}"]}}""");
    }

    /// <summary>Where they are pulled to.</summary>
    public ImageHost Images { get; }

    /// <summary>Builds the sample, and puts it into a registry under the three names.</summary>
    public static SeedImages Begin(ContainerHost host)
    {
        host.Program(System.IO.Path.Combine(host.Repository, "scripts/sample.sh"), "server").Succeeded();
        LocalRegistry registry = LocalRegistry.Start(host);
        string folder = host.NewFolder("seed-image");
        string tar = $"{folder}/rootfs.tar";
        TarFile.CreateFromDirectory($"{host.Data}/samples/server/rootfs", tar, includeBaseDirectory: false);
        byte[] layer = File.ReadAllBytes(tar);
        File.Delete(tar);
        foreach ((string name, string config) in ((string, string)[])[("ubuntu", Ubuntu), ("nginx", Nginx), ("myapp", Nginx)])
        {
            registry.Feed(new OciImageFolder(host.NewFolder("seed-image")).Layer(layer).Finish(config), $"library/{name}:latest");
        }

        Directory.Delete(folder, recursive: true);
        return new SeedImages(host, registry);
    }

    public void Dispose()
    {
        registry.Dispose();
        Images.Dispose();
    }
}

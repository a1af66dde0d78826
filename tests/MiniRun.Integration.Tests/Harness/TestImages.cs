using System.Formats.Tar;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>Images for tests of registries and archives: the busybox sample, and layers over it.</summary>
public static class TestImages
{
    /// <summary>A configuration that says where programs are, and nothing else.</summary>
    public const string Plain = """{"Env":["PATH=/bin:/usr/bin"],"Cmd":["sh"]}""";

    /// <summary>Begins an image with the busybox sample as its lowest layer.</summary>
    public static OciImageFolder Begin(ContainerHost host, string algorithm = "sha256") => new OciImageFolder(host.NewFolder("image"), algorithm).Layer(Rootfs(host));

    /// <summary>The image of the busybox sample, as skopeo calls it.</summary>
    public static string Busybox(ContainerHost host, string config = Plain) => Begin(host).Finish(config);

    /// <summary>The tar of the busybox sample.</summary>
    public static byte[] Rootfs(ContainerHost host)
    {
        using MemoryStream tar = new();
        TarFile.CreateFromDirectory($"{host.Sample}/rootfs", tar, includeBaseDirectory: false);
        return tar.ToArray();
    }

    /// <summary>Takes an image into a store without a registry: skopeo makes docker's archive of it, and minirun loads that.</summary>
    /// <param name="source">As skopeo calls it.</param>
    public static void Load(ContainerHost host, ImageHost images, string source, string name)
    {
        string file = Archive(host, source, "docker-archive", $":{name}");
        images.Run("load", "-i", file).Succeeded();
        File.Delete(file);
    }

    /// <summary>An archive that skopeo makes of an image.</summary>
    /// <param name="kind">"docker-archive" or "oci-archive".</param>
    /// <param name="name">What comes after the file's name: ":NAME".</param>
    public static string Archive(ContainerHost host, string source, string kind, string name)
    {
        string file = $"{host.NewFolder("archive")}/image.tar";
        host.Program("skopeo", "copy", "--quiet", "--insecure-policy", source, $"{kind}:{file}{name}").Succeeded();
        return file;
    }
}

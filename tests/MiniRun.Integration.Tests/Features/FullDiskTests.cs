using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>A disk that is too small for an image: one line, a whole store, and nothing half-made.</summary>
[Collection(ContainerTests.Name)]
public sealed class FullDiskTests(ContainerHost host)
{
    private const string Disk = "-t tmpfs -o size=12m,mode=755 tmpfs";

    [Fact]
    public void An_image_that_does_not_fit_is_refused_in_one_line_and_fits_once_there_is_space()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        using MountedFolder disk = new(host, Disk);
        using DiskStore store = new(host, disk.Path);
        registry.Feed(TestImages.Busybox(host), "small:1");
        registry.Feed(Large(), "large:1");
        string small = $"{registry.Address}/small:1";
        string archive = TestImages.Archive(host, Large(), "oci-archive", ":large:1");
        string rootfs = $"{host.NewFolder()}/rootfs.tar";
        File.WriteAllBytes(rootfs, LargeTar());

        foreach (string[] command in (string[][])[["pull", $"{registry.Address}/large:1"], ["load", "-i", archive], ["import", rootfs, "large:1"]])
        {
            // What else is on the disk decides where in the work it is full.
            foreach (int megabytes in (int[])[0, 8])
            {
                store.Run("image", "prune", "-f").Succeeded();
                File.WriteAllBytes($"{disk.Path}/ballast", new byte[megabytes << 20]);
                store.Run(command).FailedInOneLine(1, "no space left on device", "minirun system prune", "--data-root");
                Assert.Empty(Staging(disk));
                Assert.Equal("", store.Run("images", "-q").Succeeded());
            }

            File.Delete($"{disk.Path}/ballast");
            store.Run("image", "prune", "-f").Succeeded();
            Assert.Empty(Staging(disk));
            Assert.Equal(small, store.Run("pull", "-q", small).Succeeded());
            Assert.Equal("ran", store.Run("run", "--rm", small, "echo", "ran").Succeeded());
            store.Run("rmi", small).Succeeded();
        }
    }

    [Fact]
    public void A_disk_without_room_for_one_more_file_is_one_line()
    {
        string archive = TestImages.Archive(host, TestImages.Busybox(host), "docker-archive", ":app:1");
        for (int inodes = 2; inodes < 60; inodes += 3)
        {
            using MountedFolder disk = new(host, $"-t tmpfs -o nr_inodes={inodes},mode=755 tmpfs");
            using DiskStore store = new(host, disk.Path);
            store.Run("load", "-i", archive).FailedInOneLine(1, "no space left on device", "--data-root");
            Assert.Empty(Staging(disk));
        }
    }

    private string Large() => new OciImageFolder(host.NewFolder("image")).Layer(LargeTar()).Finish(TestImages.Plain);

    /// <summary>More than the disk holds, in files that do; and nothing that compresses well.</summary>
    private static byte[] LargeTar()
    {
        LayerTar tar = new();
        byte[] bytes = new byte[1 << 20];
        for (int i = 0; i < 16; i++)
        {
            new Random(i).NextBytes(bytes);
            tar.File($"file{i}", bytes, []);
        }

        return tar.Finish();
    }

    private static string[] Staging(MountedFolder disk) =>
        Directory.Exists($"{disk.Path}/staging") ? [.. Directory.GetFileSystemEntries($"{disk.Path}/staging").Select(path => Path.GetFileName(path))] : [];

    /// <summary>A store on that disk.</summary>
    private sealed class DiskStore(ContainerHost host, string data) : IDisposable
    {
        private readonly string config = host.NewFolder("config");

        public ProgramResult Run(params string[] arguments)
        {
            using RunningProgram program = host.StartWith([new("MINIRUN_DATA", data), new("XDG_CONFIG_HOME", config), new("DOCKER_CONFIG", config)], host.Minirun, arguments);
            return program.Wait();
        }

        public void Dispose() => Directory.Delete(config, recursive: true);
    }
}

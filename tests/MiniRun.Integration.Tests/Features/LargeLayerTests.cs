using System.Globalization;
using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>A layer that is larger than the memory it may take.</summary>
[Collection(ContainerTests.Name)]
public sealed class LargeLayerTests(ContainerHost host)
{
    private const long FileSize = 256 << 20;
    private const int Files = 4;

    // In KB. Measured: 17,000, of which 14,000 are the program's that has only listed images; what grew with the layer would be far above.
    private const long MostMemory = 48 << 10;

    /// <summary>Runs a program and prints what the kernel counted as the most memory it had at once, in KB.</summary>
    private const string Measured = "import resource,subprocess,sys; subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";

    [Fact]
    public void A_gigabyte_is_unpacked_from_gzip_and_from_zstd_in_little_memory()
    {
        string folder = host.NewFolder();

        // A gzip file may be several behind each other, so that the files' contents need to be compressed once.
        string digest = host.Bash($$"""
            cd {{folder}}
            yes 'one gigabyte of this' | head -c {{FileSize}} > contents
            gzip -1 < contents > contents.gz
            whole() { for i in $(seq {{Files}}); do cat entry$i contents; done; head -c 1024 /dev/zero; }
            for i in $(seq {{Files}}); do ln contents $i; tar -cf - $i | head -c 512 > entry$i; done
            for i in $(seq {{Files}}); do gzip -1 < entry$i; cat contents.gz; done > gzip
            head -c 1024 /dev/zero | gzip -1 >> gzip
            whole | zstd -q -1 > zstd &
            whole | openssl dgst -sha256 -r
            wait
            """).Succeeded()[..64];
        foreach (string encoding in (string[])["gzip", "zstd"])
        {
            using ImageHost images = new(host);
            string image = new OciImageFolder(host.NewFolder("image")).Layer($"sha256:{digest}", File.ReadAllBytes($"{folder}/{encoding}"), encoding).Finish(TestImages.Plain);
            string archive = TestImages.Archive(host, image, "oci-archive", ":large:1");
            using RunningProgram load = host.StartWith(images.Variables, "python3", "-c", Measured, host.Minirun, "load", "-i", archive);
            Assert.InRange(long.Parse(load.Wait().Succeeded(), CultureInfo.InvariantCulture), 1 << 10, MostMemory);
            string[] unpacked = Directory.GetFiles(Directory.GetDirectories($"{images.Data}/layers").Single() + "/tree");
            Assert.Equal(Enumerable.Repeat(FileSize, Files), unpacked.Select(file => new FileInfo(file).Length));
            File.Delete(archive);
        }

        Directory.Delete(folder, recursive: true);
    }
}

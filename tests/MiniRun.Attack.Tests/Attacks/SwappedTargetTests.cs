using System.Text;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Rows 5 and 10, CVE-2021-30465 and CVE-2024-45310: a mount target is exchanged with a symlink while containers start.</summary>
[Collection(AttackTests.Name)]
public sealed class SwappedTargetTests(ContainerHost host)
{
    private const int Starts = 1000;

    // As many as one program of the harness has the time for.
    private const int Batch = 200;

    [Fact]
    public void A_target_that_is_swapped_shows_nothing_of_the_host_and_makes_nothing_there()
    {
        using Canaries canaries = new(host);
        OciBundle bundle = new(host, "cat /volume/target/canary /volume/target/file /volume/link/canary; true");
        string decoy = Directory.CreateDirectory(Path.Combine(bundle.Folder, "decoy")).FullName;
        string volume = Directory.CreateDirectory(Path.Combine(bundle.Root, "volume")).FullName;
        Directory.CreateDirectory($"{volume}/target");
        File.CreateSymbolicLink($"{volume}/link", decoy);
        File.WriteAllText($"{decoy}/canary", canaries.Marker);
        bundle.Mount("""{"destination": "/volume/target/made/deep", "type": "tmpfs", "source": "tmpfs"}""");
        bundle.Mount("""{"destination": "/volume/target/file", "type": "bind", "source": "/etc/hostname", "options": ["bind", "ro"]}""");
        bundle.Write();

        using Racer racer = new($"{volume}/target", $"{volume}/link");
        StringBuilder all = new();
        for (int start = 0; start < Starts; start += Batch)
        {
            all.Append(host.Bash($$"""
                exec 2>&1
                for i in $(seq {{Batch}}); do
                  {{host.MinirunOci}} --root {{host.Scratch}}/race --cgroup-manager=disabled run --bundle {{bundle.Folder}} race && echo started || true
                done
                """).Succeeded());
        }

        string output = all.ToString();
        Assert.InRange(racer.Stop(), Starts, long.MaxValue);
        Assert.DoesNotContain(canaries.Marker, output, StringComparison.Ordinal);
        Assert.Equal([$"{decoy}/canary"], Directory.EnumerateFileSystemEntries(decoy));

        // Some starts have to succeed, or nothing was raced at all.
        Assert.Contains("started", output, StringComparison.Ordinal);
    }
}

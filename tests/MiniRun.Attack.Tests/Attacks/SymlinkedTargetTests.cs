using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Rows 3, 4, 14 and 15: the image's folders are symlinks when mounts are made.</summary>
[Collection(AttackTests.Name)]
public sealed class SymlinkedTargetTests(ContainerHost host)
{
    [Theory]
    [InlineData("proc")]
    [InlineData("sys")]
    public void A_symlink_in_place_of_a_kernel_file_system_ends_the_start(string folder)
    {
        using Canaries canaries = new(host);
        OciBundle bundle = new(host, "echo started");
        Replace(bundle, folder, "/tmp");
        ProgramResult result = bundle.RunByMinirun(host);

        result.FailedInOneLine(1, $"/{folder}");
        Assert.Equal("", result.Output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_symlink_for_dev_or_a_mount_target_touches_nothing_outside(bool absolute)
    {
        using Canaries canaries = new(host);
        OciBundle bundle = new(host, "true");
        string outside = Directory.CreateDirectory(Path.Combine(bundle.Folder, "outside")).FullName;
        string target = absolute ? outside : "../outside";
        Replace(bundle, "dev", target);
        File.CreateSymbolicLink($"{bundle.Root}/target", target);
        bundle.Mount("""{"destination": "/target/made/here", "type": "tmpfs", "source": "tmpfs"}""");
        bundle.RunByMinirun(host);

        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
        Assert.True(new DirectoryInfo(outside).Exists);
    }

    private static void Replace(OciBundle bundle, string folder, string target)
    {
        if (Directory.Exists($"{bundle.Root}/{folder}"))
        {
            Directory.Delete($"{bundle.Root}/{folder}", recursive: true);
        }

        File.CreateSymbolicLink($"{bundle.Root}/{folder}", target);
    }
}

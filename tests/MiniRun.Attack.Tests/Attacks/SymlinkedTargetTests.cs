using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Rows 3, 4, 14, 15 and 17: folders and files of the image are symlinks when mounts, nodes and files are made in it.</summary>
[Collection(AttackTests.Name)]
public sealed class SymlinkedTargetTests(ContainerHost host)
{
    // What makes mounts follow the host's symlinks: the root is entered last, and paths are resolved as open(2) does.
    private const string AsOlderRuntimes = "early-root,rooted-paths";

    // More than any root file system lies below /.
    private const string Upwards = "../../../../../../../../../..";

    public static TheoryData<string, string> KernelFileSystems => new()
    {
        { AttackedContainer.Oci, "/proc" }, { AttackedContainer.Oci, "/sys" }, { AttackedContainer.Run, "/proc" }, { AttackedContainer.Run, "/sys" },
    };

    public static TheoryData<string, string> Links => new()
    {
        { AttackedContainer.Oci, "" }, { AttackedContainer.Oci, Upwards }, { AttackedContainer.Run, "" }, { AttackedContainer.Run, Upwards },
    };

    [Theory]
    [MemberData(nameof(KernelFileSystems))]
    public void A_symlink_in_place_of_a_kernel_file_system_ends_the_start(string program, string folder)
    {
        using Canaries canaries = new(host);
        AttackedContainer container = WithKernelFileSystemAt(program, folder);
        ProgramResult result = container.Start();

        result.FailedInOneLine(program == AttackedContainer.Oci ? 1 : 125, folder);
        Assert.Equal("", result.Output);
    }

    [Theory]
    [MemberData(nameof(KernelFileSystems))]
    public void Proof_paths_that_are_resolved_anyhow_follow_it(string program, string folder)
    {
        using Canaries canaries = new(host);
        Assert.Equal("started", WithKernelFileSystemAt(program, folder).Start(without: "rooted-paths").Succeeded());
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void A_symlink_for_dev_or_a_mount_target_touches_nothing_outside(string program, string prefix)
    {
        using Canaries canaries = new(host);
        (AttackedContainer container, string outside) = WithLinkedTargets(program, prefix);
        container.Start();

        Assert.Empty(Directory.EnumerateFileSystemEntries($"{outside}/dev"));
        Assert.Empty(Directory.EnumerateFileSystemEntries($"{outside}/target"));
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void Proof_a_root_entered_last_has_its_folders_made_outside(string program, string prefix)
    {
        using Canaries canaries = new(host);
        (AttackedContainer container, string outside) = WithLinkedTargets(program, prefix);
        container.Start(without: AsOlderRuntimes);

        Assert.Equal([$"{outside}/target/made"], Directory.EnumerateFileSystemEntries($"{outside}/target"));
        Assert.Equal(program == AttackedContainer.Oci, File.Exists($"{outside}/dev/null"));
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void A_file_that_is_made_through_a_symlink_is_not_made_outside(string program, string prefix)
    {
        using Canaries canaries = new(host);
        (AttackedContainer container, string outside) = WithLinkedFiles(program, prefix);
        ProgramResult result = container.Start();

        Assert.Equal([Path.Combine(outside, "there")], Directory.EnumerateFileSystemEntries(outside));
        Assert.Equal("untouched", File.ReadAllText(Path.Combine(outside, "there")));
        Assert.DoesNotContain("untouched", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void Proof_a_root_entered_last_has_its_files_made_outside(string program, string prefix)
    {
        using Canaries canaries = new(host);
        (AttackedContainer container, string outside) = WithLinkedFiles(program, prefix);
        container.Start(without: AsOlderRuntimes);

        Assert.Contains(Path.Combine(outside, "made"), Directory.EnumerateFileSystemEntries(outside));
    }

    private AttackedContainer WithKernelFileSystemAt(string program, string folder)
    {
        return new AttackedContainer(host, program, "echo started").Link(folder, "/tmp");
    }

    /// <summary>Nodes and links are made in /dev itself by minirun-oci; `minirun run` always has a file system in memory there.</summary>
    private (AttackedContainer Container, string Outside) WithLinkedTargets(string program, string prefix)
    {
        AttackedContainer container = new(host, program, "true");
        string outside = Directory.CreateDirectory(Path.Combine(container.Folder, "outside")).FullName;
        Directory.CreateDirectory($"{outside}/dev");
        Directory.CreateDirectory($"{outside}/target");
        container.Bundle?.RemoveMounts("/dev");
        container.Link("/dev", $"{prefix}{outside}/dev").Link("/target", $"{prefix}{outside}/target").Tmpfs("/target/made/here");
        return (container, outside);
    }

    /// <summary>Every file that minirun makes in a root where it is missing: mount targets, the working folder, files of /etc.</summary>
    private (AttackedContainer Container, string Outside) WithLinkedFiles(string program, string prefix)
    {
        AttackedContainer container = new(host, program, "cat /etc/hosts /file /etc/hostname");
        string outside = Directory.CreateDirectory(Path.Combine(container.Folder, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "there"), "untouched");
        container.Link("/etc/hosts", $"{prefix}{outside}/there").Link("/etc/hostname", $"{prefix}{outside}/missing").Link("/etc/resolv.conf", $"{prefix}{outside}/missing-too")
            .Link("/file", $"{prefix}{outside}/missing").Link("/work", $"{prefix}{outside}/folder").WorkingDirectory("/work/here").Bind("/etc/os-release", "/file")
            .Link("/folder", prefix + outside).Bind("/etc/os-release", "/folder/made");
        return (container, outside);
    }
}

using System.Text.Json.Nodes;
using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Row 8, CVE-2023-25809: in a user namespace without a cgroup namespace, the host's cgroups that belong to the container's root are writable.</summary>
[Collection(AttackTests.Name)]
public sealed class CgroupWriteTests(ContainerHost host)
{
    private const string Mounted = "/sys/fs/cgroup";
    private const int RootInside = 100000;

    [Theory]
    [InlineData("cgroup", "ro")]
    [InlineData("cgroup", "rw")]
    [InlineData("bind", "ro")]
    [InlineData("sys", "ro")]
    public void Minirun_oci_shows_the_hosts_cgroups_and_lets_nothing_be_written(string kind, string access)
    {
        using Canaries canaries = new(host);
        using DelegatedCgroup cgroup = new();
        AttackedContainer container = Writing(AttackedContainer.Oci, cgroup);
        container.HasCgroup = true;
        ShareCgroups(container.Bundle!, kind, access);

        AssertSeenAndRefused(container.Start(), cgroup);
    }

    [Fact]
    public void Minirun_run_does_neither()
    {
        using Canaries canaries = new(host);
        using DelegatedCgroup cgroup = new();
        AttackedContainer container = Writing(AttackedContainer.Run, cgroup);
        container.Options.Add("--cgroupns=host");

        AssertSeenAndRefused(container.Start(), cgroup);
    }

    [Theory]
    [InlineData(AttackedContainer.Oci)]
    [InlineData(AttackedContainer.Run)]
    public void Control_where_the_tree_itself_is_asked_for_writable_it_is(string program)
    {
        using Canaries canaries = new(host);
        using DelegatedCgroup cgroup = new();
        AttackedContainer container = Writing(program, cgroup);
        container.Options.AddRange(["--cgroupns=host", $"-v={Mounted}:{Mounted}"]);
        if (container.Bundle is { } bundle)
        {
            ShareCgroups(bundle, "bind", "rw");
        }

        Assert.Contains("written", container.Start().Output, StringComparison.Ordinal);
        Assert.True(Directory.Exists($"{cgroup.Path}/made"));
    }

    /// <summary>The host's tree instead of a cgroup namespace's: as mount type, as bind mount, or as a part of the host's /sys.</summary>
    private static void ShareCgroups(OciBundle bundle, string kind, string access)
    {
        bundle.Linux["namespaces"] = new JsonArray([.. bundle.Linux["namespaces"]!.AsArray().Where(space => (string)space!["type"]! != "cgroup").Select(space => space!.DeepClone())]);
        bundle.RemoveMounts(Mounted);
        if (kind == "sys")
        {
            bundle.RemoveMounts("/sys");
            bundle.Mount($$"""{"destination": "/sys", "type": "bind", "source": "/sys", "options": ["rbind", "{{access}}"]}""");
            return;
        }

        bundle.Mount(kind == "cgroup"
            ? $$"""{"destination": "{{Mounted}}", "type": "cgroup", "source": "cgroup", "options": ["nosuid", "noexec", "nodev", "{{access}}"]}"""
            : $$"""{"destination": "{{Mounted}}", "type": "bind", "source": "{{Mounted}}", "options": ["rbind", "{{access}}"]}""");
    }

    private AttackedContainer Writing(string program, DelegatedCgroup cgroup)
    {
        return new AttackedContainer(host, program, $"ls -d {cgroup.Path}; mkdir {cgroup.Path}/made && echo written; echo 1 > {cgroup.Path}/cgroup.freeze && echo written").InUserNamespace();
    }

    private static void AssertSeenAndRefused(ProgramResult result, DelegatedCgroup cgroup)
    {
        Assert.Contains(cgroup.Path, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("written", result.Output, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(cgroup.Path));
    }

    /// <summary>A cgroup of the host's that belongs to the user whom the container's root is outside, as systemd delegates them.</summary>
    private sealed class DelegatedCgroup : IDisposable
    {
        public DelegatedCgroup()
        {
            Path = $"{Mounted}/delegated-{Guid.NewGuid():N}";
            Directory.CreateDirectory(Path);
            Assert.Equal(0, Owner.Change(Path, RootInside));
            Assert.Equal(0, Owner.Change($"{Path}/cgroup.freeze", RootInside));
        }

        public string Path { get; }

        public void Dispose()
        {
            foreach (string made in Directory.EnumerateDirectories(Path))
            {
                Directory.Delete(made);
            }

            Directory.Delete(Path);
        }
    }
}

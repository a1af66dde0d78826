using MiniRun.Attack.Tests.Harness;

namespace MiniRun.Attack.Tests.Attacks;

/// <summary>Row 22: ids, names and cgroup paths that lead elsewhere.</summary>
[Collection(AttackTests.Name)]
public sealed class TraversalTests(ContainerHost host)
{
    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("/")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/x")]
    [InlineData("")]
    public void An_id_that_is_a_path_is_refused_by_every_verb(string id)
    {
        using Canaries canaries = new(host);
        HostSnapshot before = HostSnapshot.Take(host);
        OciDriver oci = new(host);
        string bundle = oci.Bundle();
        ProgramResult[] results =
        [
            oci.Run("run", "--bundle", bundle, id), oci.Run("state", id), oci.Run("kill", id, "KILL"), oci.Run("delete", id),
            host.Run("run", "--rm", $"--name={(id.Length == 0 ? "./" : id)}", "busybox", "true"), host.Run("exec", id, "true"),
        ];
        Directory.Delete(bundle, recursive: true);

        Assert.All(results, result => Assert.NotEqual(0, result.Status));
        before.AssertUnchanged(host, $"the id '{id}'");
    }

    [Fact]
    public void Proof_crun_1_8_deletes_the_folder_that_an_id_leads_to()
    {
        using Canaries canaries = new(host);
        string folder = host.NewFolder();
        string neighbour = Directory.CreateDirectory($"{folder}/neighbour").FullName;
        Directory.CreateDirectory($"{folder}/root");
        host.Program("crun", "--root", $"{folder}/root", "delete", "--force", "../neighbour");

        Assert.False(Directory.Exists(neighbour));
    }

    [Theory]
    [InlineData("../../x")]
    [InlineData("/a/../../../x")]
    public void A_cgroup_path_does_not_leave_the_hierarchy(string path)
    {
        using Canaries canaries = new(host);
        HostSnapshot before = HostSnapshot.Take(host);
        OciDriver oci = new(host);
        string bundle = oci.Bundle("true", $".linux.cgroupsPath = \"{path}\"");
        oci.Run("run", "--bundle", bundle, "traverse").FailedInOneLine(1, "cgroupsPath");
        Directory.Delete(bundle, recursive: true);

        before.AssertUnchanged(host, $"the cgroup path '{path}'");
    }

    [Fact]
    public void Proof_crun_1_8_makes_a_cgroup_on_the_way()
    {
        using Canaries canaries = new(host);
        string name = $"way-{Guid.NewGuid():N}";
        string cgroup = $"/sys/fs/cgroup/{name}";
        OciDriver oci = new(host);
        string bundle = oci.Bundle("true", $".ociVersion = \"1.0.2\" | .linux.cgroupsPath = \"/{name}/../../../x\"");
        host.Program("crun", "--root", $"{host.Scratch}/crun", "run", "--bundle", bundle, "traverse");
        bool made = Directory.Exists(cgroup);
        host.Bash($"rmdir {cgroup} || true");

        Assert.True(made);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/tmp/..")]
    [InlineData("../../../../../../../..")]
    public void The_hosts_root_is_no_state_root(string root)
    {
        using Canaries canaries = new(host);
        HostSnapshot before = HostSnapshot.Take(host);
        OciDriver oci = new(host, root);
        string bundle = oci.Bundle();
        string id = Path.GetFileName(canaries.AtRoot);
        ProgramResult[] results =
        [
            oci.Run("run", "--bundle", bundle, id), oci.Run("delete", "--force", id), oci.Run("list"),
            host.Run("--root", root, "run", "--rm", "busybox", "true"), host.Run("--root", root, "ps"),
        ];
        Directory.Delete(bundle, recursive: true);

        Assert.All(results, result => Assert.True(result.Status != 0 && result.Error.Contains("state root", StringComparison.Ordinal), result.ToString()));
        before.AssertUnchanged(host, $"the state root '{root}'");
    }

    [Fact]
    public void A_state_root_that_is_written_with_dots_is_the_folder_it_leads_to_and_nothing_else_there_is_touched()
    {
        using Canaries canaries = new(host);
        string folder = host.NewFolder();
        string neighbour = Directory.CreateDirectory($"{folder}/state/neighbour").FullName;
        File.WriteAllText($"{neighbour}/file", "file");
        Directory.CreateDirectory($"{folder}/other");
        OciDriver oci = new(host, $"{folder}/other/../state");
        string bundle = oci.Bundle();
        oci.Run("run", "--bundle", bundle, "dots").Succeeded();
        ProgramResult foreign = oci.Run("delete", "--force", "neighbour");

        Assert.NotEqual(0, foreign.Status);
        Assert.Equal([$"{folder}/other", $"{folder}/state"], Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries($"{folder}/other"));
        Assert.Equal([$"{neighbour}/file"], Directory.EnumerateFileSystemEntries(neighbour));
    }

    [Fact]
    public void Proof_crun_1_8_deletes_a_folder_that_is_no_containers()
    {
        using Canaries canaries = new(host);
        string folder = host.NewFolder();
        string neighbour = Directory.CreateDirectory($"{folder}/neighbour").FullName;
        File.WriteAllText($"{neighbour}/file", "file");
        host.Program("crun", "--root", $"{folder}/../{Path.GetFileName(folder)}", "delete", "--force", "neighbour");

        Assert.False(Directory.Exists(neighbour));
    }
}

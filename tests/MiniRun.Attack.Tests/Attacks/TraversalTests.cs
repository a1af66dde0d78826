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

    [Theory]
    [InlineData("../../x")]
    [InlineData("/a/../../../x")]
    public void A_cgroup_path_does_not_leave_the_hierarchy(string path)
    {
        using Canaries canaries = new(host);
        HostSnapshot before = HostSnapshot.Take(host);
        OciDriver oci = new(host);
        string bundle = oci.Bundle("true", $".linux.cgroupsPath = \"{path}\"");
        oci.Run("run", "--bundle", bundle, "traverse");
        Directory.Delete(bundle, recursive: true);

        before.AssertUnchanged(host, $"the cgroup path '{path}'");
    }
}

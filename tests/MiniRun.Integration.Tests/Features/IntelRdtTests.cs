using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>
/// linux.intelRdt. No machine here has Intel RDT: the release program shows the refusal, and the test build a folder that stands
/// for the mount (MINIRUN_RESCTRL), in which the calls are minirun's own and only the kernel's answers are missing.
/// </summary>
[Collection(ContainerTests.Name)]
public sealed class IntelRdtTests(ContainerHost host)
{
    private const string Own = """.linux.intelRdt = {"l3CacheSchema": "L3:0=f", "memBwSchema": "MB:0=50", "enableMonitoring": true}""";
    private const string Shared = """.linux.intelRdt = {"closID": "gold", "schemata": ["L3:0=3"]}""";

    private readonly string _mount = Mount(host);

    [Fact]
    public void Without_resctrl_create_says_so_and_leaves_nothing()
    {
        OciDriver oci = new(host);
        string bundle = oci.Bundle(filter: Own);
        HostSnapshot before = HostSnapshot.Take(host);

        oci.Run("create", "--bundle", bundle, "rdt").FailedInOneLine(1, "linux.intelRdt: no resctrl file system is mounted here");

        before.AssertUnchanged(host, "a create without resctrl");
    }

    [Fact]
    public void A_container_is_in_its_class_and_its_monitoring_group_from_create_to_delete()
    {
        string pid = Create("rdt", Own);

        Assert.Equal([pid], Tasks("rdt"));
        Assert.Equal([pid], Tasks("rdt/mon_groups/rdt"));
        Assert.EndsWith("\nL3:0=f\nMB:0=50\n", File.ReadAllText(_mount + "/rdt/schemata"), StringComparison.Ordinal);
        Oci("start", "rdt").Succeeded();
        Oci("exec", "rdt", "true").Succeeded();
        Assert.Equal(2, Tasks("rdt").Length);
        Assert.Equal(2, Tasks("rdt/mon_groups/rdt").Length);

        Oci("update", "--mem-bw-schema", "MB:0=20", "--l3-cache-schema", "L3:0=7", "rdt").Succeeded();
        Assert.EndsWith("\nL3:0=7\nMB:0=20\n", File.ReadAllText(_mount + "/rdt/schemata"), StringComparison.Ordinal);
        Oci("update", "--mem-bw-schema", "20", "rdt").FailedInOneLine(1, "linux.intelRdt.memBwSchema");

        Oci("delete", "--force", "rdt").Succeeded();
        AssertNoGroups();
    }

    [Fact]
    public void A_named_class_is_made_once_and_stays_while_others_are_in_it()
    {
        Create("first", Shared);
        Create("second", Shared);
        Assert.Equal(2, Tasks("gold").Length);
        CreateRefused("third", """.linux.intelRdt = {"closID": "gold", "l3CacheSchema": "L3:0=f"}""", "/gold/schemata is not set to");
        CreateRefused("third", """.linux.intelRdt = {"closID": "silver"}""", "there is no");

        Oci("delete", "--force", "first").Succeeded();
        Assert.True(Directory.Exists(_mount + "/gold"), "the second container is still in it");
        Oci("delete", "--force", "second").Succeeded();
        Directory.Delete(_mount + "/gold", recursive: true);
        AssertNoGroups();
    }

    [Fact]
    public void The_default_class_is_joined_and_neither_set_nor_removed()
    {
        string pid = Create("rdt", """.linux.intelRdt = {"closID": "/", "enableMonitoring": true}""");

        Assert.Equal([pid], Tasks("."));
        Assert.Equal([pid], Tasks("mon_groups/rdt"));
        Oci("update", "--l3-cache-schema", "L3:0=7", "rdt").FailedInOneLine(1, "its class of service is the host's own");
        Oci("delete", "--force", "rdt").Succeeded();
        Assert.Equal("L3:0=ff\nMB:0=100\n", File.ReadAllText(_mount + "/schemata"));
        AssertNoGroups();
    }

    [Fact]
    public void A_create_that_fails_later_takes_the_groups_back()
    {
        CreateRefused("rdt", Own + """ | .process.args = ["/no/such/program"]""", "/no/such/program");
        AssertNoGroups();
    }

    [Theory]
    [InlineData("launcher:Plan")]
    [InlineData("launcher:Clone")]
    [InlineData("launcher:State")]
    public void After_a_crash_delete_force_removes_the_groups(string fault)
    {
        string bundle = new OciDriver(host).Bundle("sleep 1019", Own);
        Assert.Equal(128 + Kernel.SIGKILL, Oci(fault, ["create", "--bundle", bundle, "rdt"]).Status);
        Assert.True(Directory.Exists(_mount + "/rdt"));

        Oci("delete", "--force", "rdt").Succeeded();

        AssertNoGroups();
    }

    private static string Mount(ContainerHost host)
    {
        string mount = host.NewFolder("resctrl");
        File.WriteAllText(mount + "/schemata", "L3:0=ff\nMB:0=100\n");
        File.WriteAllText(mount + "/tasks", "");
        Directory.CreateDirectory(mount + "/mon_groups");
        return mount;
    }

    /// <summary>Returns the container's pid.</summary>
    private string Create(string id, string filter)
    {
        string bundle = new OciDriver(host).Bundle("sleep 1018", filter);
        Oci("create", "--bundle", bundle, "--pid-file", bundle + "/pid", id).Succeeded();
        return File.ReadAllText(bundle + "/pid").Trim();
    }

    private void CreateRefused(string id, string filter, string reason) =>
        Oci("create", "--bundle", new OciDriver(host).Bundle("true", filter), id).FailedInOneLine(1, reason);

    private ProgramResult Oci(params string[] arguments) => Oci("none", arguments);

    /// <summary>With the container's streams elsewhere: it keeps them open after `create` has returned.</summary>
    private ProgramResult Oci(string fault, string[] arguments)
    {
        using RunningProgram program = host.StartWith(
            [new("MINIRUN_FAULT", fault), new("MINIRUN_RESCTRL", _mount), new("ERRORS", _mount + ".errors")],
            "bash", ["-c", "\"$@\" < /dev/null > /dev/null 2> \"$ERRORS\"; status=$?; cat \"$ERRORS\" >&2; exit $status", "oci", host.MinirunWithFaults + "-oci", "--root", host.State, .. arguments]);
        return program.Wait();
    }

    private string[] Tasks(string group) => File.ReadAllLines($"{_mount}/{group}/tasks");

    private void AssertNoGroups() => Assert.Equal(
        [_mount + "/mon_groups"],
        Directory.GetDirectories(_mount, "*", SearchOption.AllDirectories));
}

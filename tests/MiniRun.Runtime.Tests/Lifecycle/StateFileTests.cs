using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Processes;
using MiniRun.Linux.Systemd;
using MiniRun.Runtime.Lifecycle;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Tests.Lifecycle;

public sealed class StateFileTests
{
    private static readonly ContainerId Id = ContainerId.Parse("c1");

    [Fact]
    public void What_is_written_is_read_again()
    {
        ContainerState state = State() with
        {
            Cgroup = "/sys/fs/cgroup/minirun/c1",
            Scope = new SystemdScope("minirun-c1.scope", "system.slice", User: true),
            Resctrl = new ResctrlPlacement("gold", MakesClass: true, Monitors: false),
            Init = new ProcessIdentity(42, 123456789, "boot"),
            Annotations = new Dictionary<string, string> { ["a"] = "\"b\"\\\u0001\nä" },
        };

        ContainerState read = StateFile.Read(Id, StateFile.Write(state));

        Assert.Equal(state.Init, read.Init);
        Assert.Equal(state.Annotations, read.Annotations);
        Assert.Equal(state.Expected.Groups, read.Expected.Groups);
        Assert.Equal(state.Expected with { Groups = null }, read.Expected with { Groups = null });
        Assert.Equal(
            state with { Annotations = read.Annotations, Expected = read.Expected },
            read);
    }

    [Fact]
    public void An_intent_has_no_process()
    {
        Assert.Null(StateFile.Read(Id, StateFile.Write(State())).Init);
    }

    [Fact]
    public void Fields_of_a_newer_minirun_with_the_same_version_are_skipped()
    {
        string text = Encoding.UTF8.GetString(StateFile.Write(State())).Replace("{\"version\":1,", "{\"version\":1,\"new\":{\"x\":[1]},", StringComparison.Ordinal);

        Assert.Equal("/b", StateFile.Read(Id, Encoding.UTF8.GetBytes(text)).Bundle);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":2}")]
    [InlineData("{\"version\":1,\"id\":\"c1\"")]
    public void A_damaged_file_is_named_with_what_to_do(string text)
    {
        MiniRunException e = Assert.Throws<MiniRunException>(() => StateFile.Read(Id, Encoding.UTF8.GetBytes(text)));

        Assert.Contains("container c1 is damaged", e.Message, StringComparison.Ordinal);
        Assert.Contains("delete --force", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_without_expectations_is_damaged_because_start_could_not_verify()
    {
        string text = Encoding.UTF8.GetString(StateFile.Write(State())).Replace("\"effective\"", "\"other\"", StringComparison.Ordinal);

        Assert.Throws<MiniRunException>(() => StateFile.Read(Id, Encoding.UTF8.GetBytes(text)));
    }

    private static ContainerState State() => new()
    {
        Id = Id,
        Committed = ContainerStatus.Created,
        OciVersion = "1.3.0",
        Bundle = "/b",
        Rootfs = "/b/rootfs",
        Created = DateTimeOffset.FromUnixTimeMilliseconds(1_795_309_083_123),
        Expected = new ProcessExpectation
        {
            Uid = 1000,
            Gid = 1001,
            Groups = [4, 24],
            Effective = 0x400,
            Permitted = 0x420,
            Inheritable = 0,
            Ambient = 0,
            Bounding = ulong.MaxValue,
            NoNewPrivileges = true,
            Seccomp = true,
        },
    };
}

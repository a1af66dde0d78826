using System.Text;
using MiniRun.Oci.Output;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Oci.Tests;

public sealed class StateTextTests
{
    [Fact]
    public void State_is_runcs_indented_json()
    {
        string json = Encoding.UTF8.GetString(StateText.Json(Report()));

        Assert.Equal(
            """
            {
              "ociVersion": "1.0.2",
              "id": "c1",
              "pid": 42,
              "status": "running",
              "bundle": "/b",
              "rootfs": "/b/rootfs",
              "created": "2026-11-22T00:58:03.000000000Z",
              "annotations": {
                "a": "b"
              },
              "owner": ""
            }

            """,
            json);
    }

    [Fact]
    public void The_list_is_runcs_table()
    {
        string[] lines = Encoding.UTF8.GetString(StateText.Table([Report()])).Split('\n');

        Assert.Equal("ID          PID         STATUS      BUNDLE      CREATED                         OWNER", lines[0]);
        Assert.Equal("c1          42          running     /b          2026-11-22T00:58:03.000000000Z  root", lines[1]);
    }

    [Fact]
    public void No_containers_are_null_in_json_as_in_runc()
    {
        Assert.Equal("null", Encoding.UTF8.GetString(StateText.JsonList([])));
    }

    private static ContainerReport Report() => new()
    {
        Id = ContainerId.Parse("c1"),
        Status = ContainerStatus.Running,
        Pid = 42,
        OciVersion = "1.0.2",
        Bundle = "/b",
        Rootfs = "/b/rootfs",
        Created = new DateTimeOffset(2026, 11, 22, 0, 58, 3, TimeSpan.Zero),
        OwnerUid = 0,
        Annotations = new Dictionary<string, string> { ["a"] = "b" },
        Cgroup = null,
    };
}

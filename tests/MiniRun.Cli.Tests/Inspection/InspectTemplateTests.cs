using System.Text.Json;
using MiniRun.Cli.Output;
using MiniRun.Cli.Output.Templates;
using MiniRun.Cli.RunOptions;
using MiniRun.Engine;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Inspection;
using MiniRun.Engine.Volumes;
using MiniRun.Runtime;

namespace MiniRun.Cli.Tests.Inspection;

/// <summary>What scripts ask `docker inspect` for, of containers as minirun has them.</summary>
public sealed class InspectTemplateTests
{
    [Theory]
    [InlineData("{{.HostConfig.CapDrop}}", "[ALL]")]
    [InlineData("{{.HostConfig.CapAdd}}", "[CAP_CHOWN]")]
    [InlineData("{{.HostConfig.SecurityOpt}}", "[no-new-privileges]")]
    [InlineData("{{.HostConfig.Binds}} {{.HostConfig.GroupAdd}} {{.HostConfig.PidsLimit}} {{.HostConfig.Devices}}", "[/a:/b:ro] [] 20 []")]
    [InlineData("{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.NanoCpus}}", "536870912 1073741824 500000000")]
    [InlineData("{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.NetworkMode}} {{.HostConfig.Privileged}}", "always default false")]
    [InlineData("{{.State.Status}} {{.State.Pid}} {{.State.ExitCode}} {{.State.StartedAt}} {{.State.FinishedAt}}", "running 7 0 2026-01-02T03:04:05.5Z 0001-01-01T00:00:00Z")]
    [InlineData("{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}", "none")]
    [InlineData("{{.Name}} {{.Path}} {{.Args}} {{.Config.Cmd}} {{.Config.Entrypoint}} {{.Config.User}}", "/web sh [-c true] [sh -c true] [] 1000")]
    [InlineData("{{range .Mounts}}{{.Type}} {{.Source}} {{.Destination}} {{.RW}}{{end}}", "bind /a /b false")]
    [InlineData("{{range $name, $network := .NetworkSettings.Networks}}{{$name}}{{end}} {{.NetworkSettings.Ports}} {{.NetworkSettings.SandboxKey}}", "none map[] /proc/7/ns/net")]
    [InlineData("{{json .Config.Labels}} {{index .Config.Labels \"a\"}} {{.Config.StopTimeout}} {{.HostConfig.Init}} {{.SizeRw}}", "{\"a\":\"b\"} b <nil> <nil> <nil>")]
    public void An_answer_is_dockers(string template, string answer)
    {
        ContainerId id = ContainerId.Parse(new string('a', 64));
        string[] words =
        [
            "--restart=always", "--label=a=b", "--user=1000", "--cap-add=CAP_CHOWN", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--volume=/a:/b:ro", "--memory=512m", "--cpus=0.5",
            "--pids-limit=20", "busybox", "sh", "-c", "true",
        ];
        var record = new ContainerRecord { Id = id, Name = "web", Image = "busybox", Command = ["sh", "-c", "true"], Created = default, Run = words };
        RunRequest request = RunReader.Read(words);
        var container = new ContainerDetails
        {
            Summary = new ContainerSummary(id, record, ContainerPhase.Running) { Pid = 7, Started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 500, TimeSpan.Zero) },
            Record = record,
            Request = request,
            Mounts = MountPoint.Of(request.Files.Mounts, new VolumeStore(DataRoot.Of("/data", isRoot: true, _ => null))),
            Image = new ImageFacts(),
            Folder = "/data/containers/a",
            Hostname = "h",
        };
        using JsonDocument document = JsonDocument.Parse(JsonOutput.Value(json => ContainerJson.Write(json, container)));
        Assert.Equal(answer, Template.Parse(template).Print(document.RootElement));
    }
}

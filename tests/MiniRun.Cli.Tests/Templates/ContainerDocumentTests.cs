using System.Text.Json;
using MiniRun.Cli.Output.Templates;

namespace MiniRun.Cli.Tests.Templates;

/// <summary>What people ask of containers, and what docker 28.2 answered for the same document.</summary>
public sealed class ContainerDocumentTests
{
    private const string Document =
        """
        {
          "Id": "0123456789abcdef", "Name": "/web",
          "State": {"Status": "running", "Running": true, "Pid": 42, "ExitCode": 0},
          "HostConfig": {
            "CapDrop": ["ALL"], "CapAdd": null, "PidsLimit": null, "PortBindings": {"80/tcp": [{"HostIp": "", "HostPort": "8080"}]},
            "SecurityOpt": ["no-new-privileges"], "Memory": 536870912, "LogConfig": {"Type": "json-file", "Config": {}}
          },
          "Mounts": [{"Type": "bind", "Source": "/a", "Destination": "/b", "Mode": "", "RW": true, "Propagation": "rprivate"}],
          "Config": {"Env": ["A=1", "B=2"], "Cmd": ["sleep", "1"], "Entrypoint": null, "Labels": {"com.x.y": "z", "q": "w"}, "ExposedPorts": {"80/tcp": {}}},
          "NetworkSettings": {"Ports": {"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}], "443/tcp": null}, "Networks": {"bridge": {"IPAddress": "172.17.0.2"}}}
        }
        """;

    [Theory]
    [InlineData("{{.HostConfig.CapDrop}}", "[ALL]")]
    [InlineData("{{.HostConfig.SecurityOpt}}", "[no-new-privileges]")]
    [InlineData("{{.HostConfig.CapAdd}} {{.HostConfig.PidsLimit}} {{.Config.Entrypoint}} {{json .Config.Entrypoint}} {{len .Config.Entrypoint}}", "[] <nil> [] null 0")]
    [InlineData("{{.Config.Labels.nope}} {{index .Config.Labels \"nope\"}} {{index .Config.Labels \"com.x.y\"}}", "<no value>  z")]
    [InlineData("{{.State.Health}}{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}", "<nil>none")]
    [InlineData("{{.Config.OnBuild}} {{.Config.Volumes}} {{.Config.WorkingDir}}|{{index .HostConfig.Sysctls \"x\"}}|{{.HostConfig.Init}}", "[] map[] ||<nil>")]
    [InlineData("{{.HostConfig.Memory}} {{.State.Pid}} {{.State.Running}}", "536870912 42 true")]
    [InlineData("{{.State}}", "{running true 42 0}")]
    [InlineData("{{.Mounts}}", "[{bind /a /b  true rprivate}]")]
    [InlineData("{{.HostConfig.LogConfig}}", "{json-file map[]}")]
    [InlineData("{{.Config.ExposedPorts}}{{.NetworkSettings.Ports}}", "map[80/tcp:{}]map[443/tcp:[] 80/tcp:[{0.0.0.0 8080}]]")]
    [InlineData("{{range .State}}{{.}},{{end}}", "0,42,true,running,")]
    [InlineData("{{json .State}}", """{"Status":"running","Running":true,"Pid":42,"ExitCode":0}""")]
    [InlineData("{{range $p, $c := .NetworkSettings.Ports}}{{if $c}}{{$p}} -> {{(index $c 0).HostPort}};{{end}}{{end}}", "80/tcp -> 8080;")]
    [InlineData("{{(index (index .NetworkSettings.Ports \"80/tcp\") 0).HostPort}}", "8080")]
    [InlineData("{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", "172.17.0.2")]
    [InlineData("{{range $k, $v := .NetworkSettings.Networks}}{{$k}}={{$v.IPAddress}}{{end}}", "bridge=172.17.0.2")]
    [InlineData("{{range .Mounts}}{{.Source}}:{{.Destination}}{{end}}", "/a:/b")]
    [InlineData("{{join .Config.Env \" \"}}|{{range .Config.Env}}{{println .}}{{end}}", "A=1 B=2|A=1\nB=2\n")]
    [InlineData("{{slice .Id 0 12}} {{truncate .Id 4}} {{.Name | printf \"%s!\"}}", "0123456789ab 0123 /web!")]
    [InlineData("{{json .Config.Labels}}", """{"com.x.y":"z","q":"w"}""")]
    public void An_answer_is_dockers(string template, string answer) => Assert.Equal(answer, Print(template));

    [Theory]
    [InlineData("{{.Nope}}", "template parsing error: template: :1:2: executing \"\" at <.Nope>: map has no entry for key \"Nope\"")]
    [InlineData("{{.HostConfig.Nope}}", "template parsing error: template: :1:13: executing \"\" at <.HostConfig.Nope>: map has no entry for key \"Nope\"")]
    [InlineData("{{.A.B.C}}", "template parsing error: template: :1:4: executing \"\" at <.A.B.C>: map has no entry for key \"A\"")]
    [InlineData("a\né{{.Nope}}", "template parsing error: template: :2:4: executing \"\" at <.Nope>: map has no entry for key \"Nope\"")]
    [InlineData("{{index .Config.Env 7}}", "template parsing error: template: :1:2: executing \"\" at <index .Config.Env 7>: error calling index: index out of range: 7")]
    [InlineData("{{.Config.Env.X}}", "template parsing error: template: :1:9: executing \"\" at <.Config.Env.X>: can't evaluate field X in type []interface {}")]
    public void A_refusal_says_where(string template, string message) =>
        Assert.Equal(message, Assert.Throws<TemplateException>(() => Print(template)).Message);

    [Fact]
    public void Documents_come_in_one_array_or_each_by_the_template()
    {
        using JsonDocument document = JsonDocument.Parse("""{"Id": "x"}""");
        Assert.Equal("[\n    {\n        \"Id\": \"x\"\n    },\n    {\n        \"Id\": \"x\"\n    }\n]\n", Twice(null));
        Assert.Equal("[{\"Id\":\"x\"},{\"Id\":\"x\"}]\n", Twice("json"));
        Assert.Equal("id x\nid x\n", Twice("id {{.Id}}"));
        Assert.Equal("\n", new TemplateOutput("{{.Id}}").Text());

        string Twice(string? format)
        {
            var output = new TemplateOutput(format);
            output.Add(document.RootElement);
            output.Add(document.RootElement);
            return output.Text();
        }
    }

    private static string Print(string template)
    {
        using JsonDocument document = JsonDocument.Parse(Document);
        return Template.Parse(template).Print(document.RootElement);
    }
}

using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>Where the sources of mounts lead is found once, when a container is made: links that it, or its neighbours, make later lead nowhere.</summary>
[Collection(ContainerTests.Name)]
public sealed class BindSourceTests : IDisposable
{
    private const string Secret = "the host's";

    private readonly ContainerHost host;
    private readonly string folder;
    private readonly string app;
    private readonly string secret;

    public BindSourceTests(ContainerHost host)
    {
        this.host = host;
        folder = host.NewFolder("sources");
        app = Directory.CreateDirectory($"{folder}/app").FullName;
        secret = Directory.CreateDirectory($"{folder}/secret").FullName;
        File.WriteAllText($"{secret}/file", Secret);
    }

    public void Dispose()
    {
        Assert.Equal([$"{secret}/file"], Directory.EnumerateFileSystemEntries(secret));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_restart_policy_follows_no_link_that_the_container_has_made()
    {
        HostSnapshot before = HostSnapshot.Take(host);
        string script = $"echo run >> /app/runs; cat /logs/file >> /app/seen; touch /logs/made; rm -rf /app/logs; ln -s {secret} /app/logs; exit 1";
        host.Run("run", "-d", "--name=climber", "--restart=on-failure:2", "-v", $"{app}:/app", "-v", $"{app}/logs:/logs", "busybox", "sh", "-c", script).Succeeded();
        Eventually.True(() => State("climber").StartsWith("exited 2 ", StringComparison.Ordinal), () => State("climber"));
        Assert.Contains($"{app}/logs is a symbolic link by now", State("climber"), StringComparison.Ordinal);
        Refused("climber", $"{app}/logs:/logs", $"{app}/logs is a symbolic link by now", "remove the link");
        Assert.Equal(("run\n", ""), (File.ReadAllText($"{app}/runs"), File.ReadAllText($"{app}/seen")));

        File.Delete($"{app}/logs");
        host.Run("start", "climber").Succeeded(); // which makes the folder anew
        host.Run("wait", "climber").Succeeded();
        Assert.Equal(("run\nrun\n", ""), (File.ReadAllText($"{app}/runs"), File.ReadAllText($"{app}/seen")));
        host.Run("rm", "-f", "climber").Succeeded();
        host.Bash($"rm -r {app}/*").Succeeded();
        before.AssertUnchanged(host, "a climber");
    }

    [Theory]
    [InlineData("logs", "logs", "-v", "APP/logs:/logs")]
    [InlineData("logs", "logs", "--mount", "type=bind,src=APP/logs,dst=/logs")]
    [InlineData("logs", "logs", "-v", "LINK/logs:/logs")]
    [InlineData("deep", "deep/er/logs", "-v", "APP/deep/er/logs:/logs")] // would be made as root through the link
    [InlineData("logs", "logs", "-v", "device:/logs")]
    [InlineData("logs", "logs", "--mount", "type=volume,src=device,dst=/logs,volume-subpath=sub")]
    public void A_start_by_a_person_follows_no_link_that_a_neighbour_has_made(string replaced, string source, params string[] mount)
    {
        Directory.CreateSymbolicLink($"{folder}/link", app);
        Directory.CreateDirectory($"{app}/{source}/sub");
        host.Run("volume", "create", "-o", "type=none", "-o", "o=bind", "-o", $"device={app}/logs", "device").Succeeded();
        string[] options = [mount[0], mount[1].Replace("APP", app, StringComparison.Ordinal).Replace("LINK", $"{folder}/link", StringComparison.Ordinal)];
        host.Run(["create", "--name=victim", .. options, "busybox", "sh", "-c", "ls /logs; cat /logs/file; touch /logs/made"]).Succeeded();
        Assert.DoesNotContain(Secret, host.Run("start", "-a", "victim").Output, StringComparison.Ordinal);

        host.Shell($"rm -rf /app/{replaced}; ln -s {secret} /app/{replaced}", "-v", $"{app}:/app").Succeeded();
        Refused("victim", $"{app}/{replaced} is a symbolic link by now", "remove the link", "/logs");
        ProgramResult taken = host.Shell("cat /logs/file", "--volumes-from=victim");
        taken.FailedInOneLine(125, $"{app}/{replaced} is a symbolic link by now");

        File.Delete($"{app}/{replaced}");
        Directory.CreateDirectory($"{app}/{source}/sub");
        host.Run("start", "-a", "victim"); // the link is gone, and all is well
        Assert.True(File.Exists($"{app}/{source}/made") || File.Exists($"{app}/{source}/sub/made"));
        host.Run("rm", "-f", "victim").Succeeded();
        host.Run("volume", "rm", "device").Succeeded();
    }

    [Fact]
    public void A_link_that_the_user_leads_elsewhere_means_what_it_meant()
    {
        foreach (string release in (string[])["one", "two"])
        {
            File.WriteAllText($"{Directory.CreateDirectory($"{folder}/{release}").FullName}/name", release);
        }

        Directory.CreateSymbolicLink($"{folder}/current", "one");
        string[] volume = ["-v", $"{folder}/current:/release", "-v", $"{folder}/current/new/er:/new"];
        host.Run(["create", "--name=kept", .. volume, "busybox", "sh", "-c", "cat /release/name; touch /new/made"]).Succeeded();
        host.Bash($"ln -sfn two {folder}/current").Succeeded();
        Assert.Equal("one", host.Run("start", "-a", "kept").Succeeded());
        Assert.Equal("one", host.Shell("cat /release/name", "--volumes-from=kept").Succeeded());
        Assert.Equal("two", host.Shell("cat /release/name", volume[..2]).Succeeded());
        Assert.Equal($"{folder}/current:/release", host.Run("inspect", "-f", "{{index .HostConfig.Binds 0}}", "kept").Succeeded());
        Assert.Contains($"{folder}/current ", host.Run("inspect", "-f", "{{range .Mounts}}{{.Source}} {{end}}", "kept").Succeeded(), StringComparison.Ordinal);

        Directory.Delete($"{folder}/one/new", recursive: true);
        host.Run("start", "-a", "kept").Succeeded();
        Assert.True(File.Exists($"{folder}/one/new/er/made"));
        Assert.False(Directory.Exists($"{folder}/two/new"));
        host.Run("rm", "-f", "kept").Succeeded();
    }

    [Fact]
    public void What_older_records_do_not_say_is_resolved_without_links()
    {
        Directory.CreateSymbolicLink($"{folder}/link", "app");
        foreach ((string name, string source) in (ReadOnlySpan<(string, string)>)[("plain", app), ("linked", $"{folder}/link")])
        {
            host.Run("create", $"--name={name}", "-v", $"{source}:/app", "busybox", "touch", $"/app/{name}").Succeeded();
            string record = $"{host.Data}/containers/{File.ReadAllText($"{host.Data}/names/{name}")}/container.json";
            host.Bash($"jq -c 'del(.sources)' {record} > {record}.old; mv {record}.old {record}").Succeeded();
        }

        host.Run("start", "-a", "plain").Succeeded();
        Assert.True(File.Exists($"{app}/plain"));
        Refused("linked", $"{folder}/link is a symbolic link by now", "make the container anew");
        host.Shell("true", "--volumes-from=linked").FailedInOneLine(125, $"{folder}/link is a symbolic link by now");
        host.Run("rm", "plain", "linked").Succeeded();
    }

    [Fact]
    public void Files_links_and_the_kernels_own_files_are_sources_as_ever()
    {
        File.WriteAllText($"{app}/file", "text");
        File.CreateSymbolicLink($"{app}/link", "file");
        File.CreateSymbolicLink($"{app}/gone", "nowhere");
        Assert.Equal("text", host.Shell("cat /x", "-v", $"{app}/link:/x").Succeeded());
        Assert.Equal("text", host.Shell("cat /x", "-v", $"{app}/file/:/x").Succeeded());
        Assert.Equal("nsfs", host.Shell("grep ' /x ' /proc/mounts | cut -d' ' -f3", "-v", "/proc/self/ns/net:/x").Succeeded());
        Assert.Equal("text", host.Bash($"exec 9< {app}/file; $MINIRUN run --rm -v /proc/self/fd/9:/x busybox cat /x").Succeeded());
        host.Shell("true", "-v", $"{app}/gone:/x").FailedInOneLine(125, $"{app}/gone is a symbolic link");
        host.Shell("true", "-v", $"{app}/file/below:/x").FailedInOneLine(125, "not a directory");
        host.Run("create", "--name=net", "-v", "/proc/self/ns/net:/x", "busybox", "test", "-e", "/x").Succeeded();
        host.Run("start", "-a", "net").Succeeded();
        host.Run("start", "-a", "net").Succeeded();
        host.Run("rm", "net").Succeeded();

        File.CreateSymbolicLink($"{app}/net", "/proc/self/ns/net"); // which could lead elsewhere next time
        host.Shell("true", "-v", $"{app}/net:/x").FailedInOneLine(125, $"{app}/net", "no path of its own");
    }

    private string State(string name) => host.Run("inspect", "-f", "{{.State.Status}} {{.RestartCount}} {{.State.Error}}", name).Succeeded();

    private void Refused(string name, params string[] parts)
    {
        ProgramResult start = host.Run("start", "-a", name);
        Assert.Equal("", start.Output);
        start.FailedInOneLine(start.Status, parts);
        Assert.NotEqual(0, start.Status);
    }
}

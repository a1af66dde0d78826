using MiniRun.Integration.Tests.Harness;

namespace MiniRun.Integration.Tests.Features;

/// <summary>Images of a user who is not root, with ids of /etc/subuid to give files to, and without.</summary>
[Collection(ContainerTests.Name)]
public sealed class RootlessImageTests(ContainerHost host)
{
    private const int Caller = 4242;

    [Fact]
    public void With_subordinate_ids_files_and_programs_have_the_owners_of_the_image()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        registry.Feed(Image(), "app:1");
        string name = $"{registry.Address}/app:1";
        EtcFolder etc = Etc().With("subuid", "caller:200000:65536\n").With("subgid", "caller:200000:65536\n");

        using Home home = new(host, etc);
        Assert.Equal(name, home.Run("pull", "-q", name).Succeeded());
        Assert.Equal(["1000", "1000 0"], home.Run("run", "--rm", "-u", "1000", name, "sh", "-c", "id -u; echo $(stat -c %u /owned /bin)").Lines());
        Assert.Equal("200999", home.Outside("stat", "-c", "%u", home.FindFile("owned")).Succeeded());
        home.Run("rmi", name).Succeeded();
        Assert.Equal("", home.Run("images", "-q").Succeeded());
    }

    [Fact]
    public void With_subordinate_ids_images_are_built()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        registry.Feed(Image(), "app:1");
        string folder = host.NewFolder();
        File.WriteAllText($"{folder}/Dockerfile", $"FROM {registry.Address}/app:1\nRUN echo made > /made && chown 7:8 /made\nCOPY Dockerfile /copied\nUSER 1000\n");
        host.Bash($"chmod -R a+rX {host.Folder}").Succeeded();
        EtcFolder etc = Etc().With("subuid", "caller:200000:65536\n").With("subgid", "caller:200000:65536\n");

        using Home home = new(host, etc);
        home.Run("build", "-t", "built", folder).Succeeded();
        Assert.Equal(["1000", "7 8 0"], home.Run("run", "--rm", "built", "sh", "-c", "id -u; echo $(stat -c '%u %g' /made) $(stat -c %u /copied)").Lines());
        home.Run("image", "prune", "-a", "-f").Succeeded();
    }

    [Fact]
    public void With_subordinate_ids_an_empty_volume_begins_with_the_images_files_and_their_owners()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        registry.Feed(TestImages.Begin(host).Layer(new LayerTar().Folder("data").File("data/owned", "text", owner: 1000).Finish()).Finish(TestImages.Plain), "app:1");
        string name = $"{registry.Address}/app:1";
        EtcFolder etc = Etc().With("subuid", "caller:200000:65536\n").With("subgid", "caller:200000:65536\n");

        using Home home = new(host, etc);
        home.Run("pull", "-q", name).Succeeded();
        Assert.Equal("1000 0", home.Run("run", "--rm", "-v", "kept:/data", name, "sh", "-c", "echo $(stat -c %u /data/owned /data); echo x > /data/new; chmod 700 /data; chown 1000 /data").Succeeded());
        Assert.Equal("x", home.Run("run", "--rm", "-u", "1000", "-v", "kept:/data", name, "cat", "/data/new").Succeeded());
        home.Run("run", "--rm", "--mount", "type=volume,src=kept,dst=/x,volume-subpath=new", name, "true").FailedInOneLine(125, "volume-subpath", "root");
        Assert.Equal("kept", home.Run("volume", "rm", "kept").Succeeded());
        home.Run("rmi", name).Succeeded();
    }

    [Fact]
    public void A_users_container_stays_is_looked_into_stopped_started_and_removed()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        registry.Feed(Image(), "app:1");
        string name = $"{registry.Address}/app:1";
        EtcFolder etc = Etc().With("subuid", "caller:200000:65536\n").With("subgid", "caller:200000:65536\n");
        HostSnapshot before = HostSnapshot.Take(host);
        using (Home home = new(host, etc))
        {
            home.Run("pull", "-q", name).Succeeded();
            string id = home.Run("run", "-d", "--name=own", "-u", "1000", "--stop-signal=KILL", name, "sh", "-c", "echo up; exec sleep 1000").Succeeded();
            Assert.Equal(id, home.Run("ps", "-q", "--no-trunc").Succeeded());
            Eventually.True(() => home.Run("logs", "own").Succeeded() == "up", () => "it says nothing");
            Assert.Equal("1000", home.Run("exec", "own", "id", "-u").Succeeded());
            Assert.Equal("0", home.Run("exec", "-u", "0", "own", "id", "-u").Succeeded());
            Assert.Contains("sleep 1000", home.Run("top", "own").Succeeded(), StringComparison.Ordinal);
            home.Run("cp", "own:/etc/passwd", "/tmp/nowhere/passwd").FailedInOneLine(1, "nowhere");
            home.Run("stop", "own").Succeeded();
            Assert.Equal("137", home.Run("wait", "own").Succeeded());
            home.Run("start", "own").Succeeded();
            Assert.Equal("running", home.Run("inspect", "-f", "{{.State.Status}}", "own").Succeeded());
            home.Run("rm", "-f", "own").Succeeded();
            Assert.Equal("", home.Run("ps", "-aq").Succeeded());
            home.Run("rmi", name).Succeeded();
        }

        before.AssertUnchanged(host, "a user's container");
    }

    [Fact]
    public void A_link_that_a_users_container_makes_where_a_source_was_is_not_followed()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        registry.Feed(Image(), "app:1");
        string name = $"{registry.Address}/app:1";
        using Home home = new(host, Etc().With("subuid", "").With("subgid", ""));
        home.Run("pull", "-q", name).Succeeded();
        string own = home.Outside("sh", "-c", $"cd; mkdir app secret; echo secret > secret/file; chown -R {Caller}:{Caller} app secret; pwd -P").Succeeded();
        home.Run("create", "--name=own", "-v", $"{own}/app:/app", "-v", $"{own}/app/logs:/logs", name, "sh", "-c", $"ls /logs; touch /logs/made; rm -r /app/logs; ln -s {own}/secret /app/logs").Succeeded();
        Assert.Equal("", home.Run("start", "-a", "own").Succeeded());
        ProgramResult again = home.Run("start", "-a", "own");
        again.FailedInOneLine(again.Status, $"{own}/app/logs is a symbolic link by now");
        Assert.Equal("", again.Output);
        Assert.Equal("file", home.Outside("ls", $"{own}/secret").Succeeded());
        home.Run("rm", "own").Succeeded();
        home.Run("rmi", name).Succeeded();
    }

    [Fact]
    public void Without_subordinate_ids_everything_is_the_callers_and_it_is_said()
    {
        using LocalRegistry registry = LocalRegistry.Start(host);
        registry.Feed(Image(), "app:1");
        string name = $"{registry.Address}/app:1";

        using Home home = new(host, Etc().With("subuid", "").With("subgid", ""));
        Assert.Contains("all files of this image belong to you", home.Run("pull", name).Succeeded(), StringComparison.Ordinal);
        Assert.Equal(["0", "0 0"], home.Run("run", "--rm", name, "sh", "-c", "id -u; echo $(stat -c %u /owned /bin)").Lines());
        home.Run("rmi", name).Succeeded();
    }

    private EtcFolder Etc() => new EtcFolder(host, host.NewFolder("etc")).With("passwd", $"root:x:0:0::/:/bin/sh\ncaller:x:{Caller}:{Caller}::/:/bin/sh\n").With("group", $"root:x:0:\ncaller:x:{Caller}:\n");

    private string Image() => TestImages.Begin(host).Layer(new LayerTar().File("owned", "text", owner: 1000).Finish()).Finish(TestImages.Plain);

    /// <summary>The caller's folders, which root's own ones do not hide, and the program in them.</summary>
    private sealed class Home : IDisposable
    {
        private readonly ContainerHost host;
        private readonly EtcFolder etc;
        private readonly string folder = Directory.CreateTempSubdirectory("minirun-caller-").FullName;

        public Home(ContainerHost host, EtcFolder etc)
        {
            this.host = host;
            this.etc = etc;
            host.Bash($"chmod 755 {folder}; cp \"$MINIRUN\" {folder}/minirun; mkdir {folder}/own; chown {Caller}:{Caller} {folder}/own").Succeeded();
        }

        public ProgramResult Run(params string[] arguments) => Outside(
            "setpriv", [$"--reuid={Caller}", $"--regid={Caller}", "--clear-groups", "--inh-caps=-all", $"{folder}/minirun", .. arguments]);

        public ProgramResult Outside(string program, params string[] arguments)
        {
            string own = $"{folder}/own";
            using RunningProgram running = etc.Start([new("HOME", own), new("TMPDIR", own), new("XDG_RUNTIME_DIR", own), new("MINIRUN_STATE", $"{own}/state"), new("MINIRUN_DATA", $"{own}/data")], program, arguments);
            return running.Wait();
        }

        public string FindFile(string name) => Directory.EnumerateFiles($"{folder}/own/data/layers", name, SearchOption.AllDirectories).Single();

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}

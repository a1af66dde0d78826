using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace MiniRun.Conformance.Tests.Harness;

/// <summary>A runtime under test, driven by runc's command line. Its containers and their bundles are gone once it is disposed.</summary>
public sealed class OciRuntime : IDisposable
{
    public const string Minirun = "minirun-oci";
    public const string Runc = "runc";
    public const string Crun = "crun";

    private readonly ContainerHost host;
    private readonly List<OciBundle> bundles = [];
    private readonly HashSet<OciBundle> created = [];

    public OciRuntime(ContainerHost host, string name)
    {
        this.host = host;
        Name = name;

        // runc and crun look paths up as the container's root, who may be nobody out here.
        File.SetUnixFileMode(host.Folder, File.GetUnixFileMode(host.Folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public static IReadOnlyList<string> Names { get; } = [Minirun, Runc, Crun];

    public string Name { get; }

    /// <summary>
    /// The program and its global options, as words of a shell. crun 1.8 raises RLIMIT_MEMLOCK before it loads a device
    /// filter, which takes CAP_SYS_RESOURCE, and stops where it may not: it gets no cgroup.
    /// </summary>
    public string Command => $"{Program} {string.Join(' ', Options)}";

    private string Program => Name == Minirun ? host.MinirunOci : Name;

    private string[] Options => Name == Crun ? ["--root", Root, "--cgroup-manager=disabled"] : ["--root", Root];

    private string Root => $"{host.Scratch}/{Name}-state";

    public static string Id(OciBundle bundle) => Path.GetFileName(bundle.Folder);

    /// <summary>What the container wrote to its standard output, if it was made by <see cref="Create"/>.</summary>
    public static string Output(OciBundle bundle) => File.ReadAllText(bundle.Folder + "/output");

    /// <summary>A bundle around the busybox sample that runs a shell script.</summary>
    /// <param name="copiesRoot">Whether the root is its own: where it is changed, or what a runtime leaves in it counts.</param>
    public OciBundle Bundle(string script = "true", [CallerMemberName] string name = "", bool copiesRoot = false)
    {
        OciBundle bundle = new(host, script, name, copiesRoot);
        bundles.Add(bundle);
        return bundle;
    }

    /// <summary>Any command of the runtime.</summary>
    public ProgramResult Do(params string[] arguments) => host.Program(Program, [.. Options, .. arguments]);

    /// <summary>`create`, with the container's streams in files: it keeps them open after `create` has returned.</summary>
    public ProgramResult Create(OciBundle bundle)
    {
        bundle.Write();
        created.Add(bundle);
        return host.Bash($"cd {bundle.Folder}; {Command} create --bundle {bundle.Folder} {Id(bundle)} < /dev/null > output 2> error || {{ status=$?; cat error >&2; exit $status; }}");
    }

    public ProgramResult Start(OciBundle bundle) => Do("start", Id(bundle));

    public ProgramResult Kill(OciBundle bundle, string signal) => Do("kill", Id(bundle), signal);

    public ProgramResult Delete(OciBundle bundle) => Do("delete", Id(bundle));

    public JsonObject State(OciBundle bundle) => JsonNode.Parse(Do("state", Id(bundle)).Succeeded())!.AsObject();

    public string Status(OciBundle bundle) => (string)State(bundle)["status"]!;

    public int Pid(OciBundle bundle) => (int)State(bundle)["pid"]!;

    public bool Exists(OciBundle bundle) => Do("state", Id(bundle)).Status == 0;

    public void WaitUntilStopped(OciBundle bundle) =>
        Eventually.True(() => Status(bundle) == "stopped", () => $"{Name}: the container does not stop");

    /// <summary>A container in the status, with the annotation a = b; its program sleeps.</summary>
    public OciBundle BundleIn(string status, [CallerMemberName] string name = "")
    {
        OciBundle bundle = Bundle("exec sleep 1000", name).With("annotations.a", "\"b\"");
        Create(bundle).Succeeded();
        if (status != "created")
        {
            Start(bundle).Succeeded();
        }

        if (status == "stopped")
        {
            Kill(bundle, "KILL").Succeeded();
            WaitUntilStopped(bundle);
        }

        return bundle;
    }

    /// <summary>`run`: the whole of a container's life.</summary>
    public ProgramResult Run(OciBundle bundle)
    {
        bundle.Write();
        return Do("run", "--bundle", bundle.Folder, Id(bundle));
    }

    /// <summary>What the container prints in its life.</summary>
    public string Prints(OciBundle bundle) => Run(bundle).Succeeded();

    /// <summary>The same with a terminal for the runtime, which it passes on (script(1)).</summary>
    public string PrintsOnTerminal(OciBundle bundle)
    {
        bundle.Write();
        return host.Program("script", "-qec", $"{Command} run --bundle {bundle.Folder} {Id(bundle)}", "/dev/null").Succeeded();
    }

    /// <summary>`create` is an error and makes no container.</summary>
    public ProgramResult Refuses(OciBundle bundle)
    {
        ProgramResult create = Create(bundle);
        Assert.True(create.Status != 0, "a container is created");
        Assert.False(Exists(bundle), $"a container is left by an error\n{create}");
        created.Remove(bundle);
        return create;
    }

    public void Dispose()
    {
        foreach (OciBundle bundle in bundles)
        {
            if (created.Contains(bundle))
            {
                Do("delete", "--force", Id(bundle));
            }

            Directory.Delete(bundle.Folder, recursive: true);
        }
    }
}

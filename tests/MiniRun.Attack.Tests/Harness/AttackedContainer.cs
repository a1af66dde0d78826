using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace MiniRun.Attack.Tests.Harness;

/// <summary>
/// One container to attack, with a root file system and options of its own: run by minirun-oci from a bundle or by
/// `minirun run` from an image, in release or weakened, with the same test code.
/// </summary>
internal sealed class AttackedContainer
{
    public const string Oci = "minirun-oci";
    public const string Run = "minirun run";

    // As many starts as one program of the harness has the time for.
    private const int Batch = 50;

    private const string Separator = "=== start";

    private readonly ContainerHost host;
    private readonly string image = "";

    public AttackedContainer(ContainerHost host, string program, string script, [CallerMemberName] string name = "")
    {
        this.host = host;
        Script = script;
        if (program == Oci)
        {
            Bundle = new OciBundle(host, script, name);
            Bundle.Config["root"]!["readonly"] = false;
            Folder = Bundle.Folder;
            return;
        }

        Folder = host.NewFolder(name);
        image = "attack-" + Path.GetFileName(Folder).Split('-')[^1];
        host.Bash($"mkdir {host.Data}/samples/{image} && cp -a {host.Sample}/. {host.Data}/samples/{image}").Succeeded();
    }

    /// <summary>Whether minirun-oci gives it a cgroup, as `minirun run` always does.</summary>
    public bool HasCgroup { get; set; }

    /// <summary>What its shell runs.</summary>
    public string Script { get; set; }

    /// <summary>A place for the test's own files.</summary>
    public string Folder { get; }

    /// <summary>The image's root file system, as the attacker made it.</summary>
    public string Root => Bundle?.Root ?? $"{host.Data}/samples/{image}/rootfs";

    /// <summary>What minirun-oci runs; null for `minirun run`.</summary>
    public OciBundle? Bundle { get; }

    /// <summary>Options of `minirun run`; minirun-oci has a config.json instead.</summary>
    public List<string> Options { get; } = [];

    /// <summary>What its program calls it.</summary>
    public string Name => Bundle is null ? image : Path.GetFileName(Folder);

    public string[] Command(bool weakened = false)
    {
        if (Bundle is null)
        {
            return [.. Program(weakened), "run", "--rm", $"--name={Name}", .. Options, image, "sh", "-c", Script];
        }

        Bundle.Config["process"]!["args"]![2] = Script;
        Bundle.Write();
        string[] manager = HasCgroup ? [] : ["--cgroup-manager=disabled"];
        return [.. Program(weakened), .. manager, "run", "--bundle", Folder, Name];
    }

    /// <summary>Runs one more program in it, while it runs.</summary>
    public string[] ExecCommand(bool weakened, string[] words, params string[] options) => [.. Program(weakened), "exec", .. options, Name, .. words];

    /// <summary>Starts it once and waits for its end; without the protections and kinds of steps named in <paramref name="without"/>.</summary>
    public ProgramResult Start(string without = "")
    {
        return End(Command(without.Length > 0), without);
    }

    /// <summary>Starts it, and waits until its program has said that it is ready.</summary>
    public RunningProgram StartReady()
    {
        string[] command = Command();
        RunningProgram program = host.StartWith([], command[0], command[1..]);
        program.WaitForOutput("ready");
        return program;
    }

    /// <summary>Runs one more program in it to its end.</summary>
    public ProgramResult Exec(string[] words, params string[] options) => End(ExecCommand(weakened: false, words, options), "");

    /// <summary>Ends it.</summary>
    public void Kill() => host.Program(Bundle is null ? host.Minirun : host.MinirunOci, Bundle is null ? ["rm", "-f", Name] : [.. Program(weakened: false)[1..], "delete", "--force", Name]);

    /// <summary>Starts it again and again, each time to its end, until there is enough; what each start printed, stderr too.</summary>
    public IReadOnlyList<string> StartRepeatedly(int times, string without = "", Predicate<string>? enough = null)
    {
        return Repeatedly(Command(without.Length > 0), times, without, enough);
    }

    /// <summary>The same with one more program in it.</summary>
    public IReadOnlyList<string> ExecRepeatedly(string[] words, int times, string without = "", Predicate<string>? enough = null)
    {
        return Repeatedly(ExecCommand(without.Length > 0, words), times, without, enough);
    }

    private List<string> Repeatedly(string[] command, int times, string without, Predicate<string>? enough)
    {
        List<string> outputs = [];
        string[] loop = ["-c", $"exec 2>&1; for i in $(seq {Batch}); do echo '{Separator}'; \"$@\"; done < /dev/null", "loop", .. command];
        while (outputs.Count < times && !(enough is not null && outputs.Exists(enough)))
        {
            using RunningProgram program = host.StartWith([new("MINIRUN_WEAKEN", without)], "bash", loop);
            outputs.AddRange(program.Wait().Output.Split(Separator + '\n')[1..]);
        }

        return outputs;
    }

    public AttackedContainer Tmpfs(string destination)
    {
        Options.Add($"--tmpfs={destination}");
        Bundle?.Mount(new JsonObject { ["destination"] = destination, ["type"] = "tmpfs", ["source"] = "tmpfs" }.ToJsonString());
        return this;
    }

    /// <summary>A folder or file of the host.</summary>
    public AttackedContainer Bind(string source, string destination)
    {
        Options.Add($"-v={source}:{destination}");
        Bundle?.Mount(new JsonObject { ["destination"] = destination, ["type"] = "bind", ["source"] = source, ["options"] = new JsonArray("rbind", "rw") }.ToJsonString());
        return this;
    }

    public AttackedContainer Sysctl(string name, string value)
    {
        Options.Add($"--sysctl={name}={value}");
        if (Bundle is not null)
        {
            Bundle.Linux["sysctl"] ??= new JsonObject();
            Bundle.Linux["sysctl"]![name] = value;
        }

        return this;
    }

    /// <summary>A variable of the program's environment: NAME=VALUE.</summary>
    public AttackedContainer Variable(string text)
    {
        Options.Add($"--env={text}");
        Bundle?.Config["process"]!["env"]!.AsArray().Add(text);
        return this;
    }

    public AttackedContainer WorkingDirectory(string path)
    {
        Options.Add($"--workdir={path}");
        if (Bundle is not null)
        {
            Bundle.Config["process"]!["cwd"] = path;
        }

        return this;
    }

    /// <summary>One more capability, in every set that a program's are taken from.</summary>
    public AttackedContainer Capability(string name)
    {
        Options.Add($"--cap-add={name}");
        foreach (string set in (string[])["bounding", "effective", "permitted"])
        {
            Bundle?.Config["process"]!["capabilities"]![set]!.AsArray().Add(name);
        }

        return this;
    }

    /// <summary>A user namespace of its own.</summary>
    public AttackedContainer InUserNamespace()
    {
        Options.Add("--userns=private");
        Bundle?.InUserNamespace();
        return this;
    }

    /// <summary>Compiles a program of the programs folder into the container's folder, which it sees at /p.</summary>
    public AttackedContainer WithProgram(string name)
    {
        host.Program("gcc", "-static", "-O1", "-o", $"{Folder}/{name}", Path.Combine(AppContext.BaseDirectory, $"programs/{name}.c")).Succeeded();
        return Bind(Folder, "/p");
    }

    /// <summary>Replaces a folder or file of the image by a symlink.</summary>
    public AttackedContainer Link(string path, string target)
    {
        string place = $"{Root}{path}";
        if (Directory.Exists(place))
        {
            Directory.Delete(place, recursive: true);
        }

        File.Delete(place);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.CreateSymbolicLink(place, target);
        return this;
    }

    private string[] Program(bool weakened)
    {
        string program = weakened ? host.MinirunWithFaults : host.Minirun;
        return Bundle is null ? [program] : [program + "-oci", "--root", $"{host.Scratch}/attacked"];
    }

    private ProgramResult End(string[] command, string without)
    {
        using RunningProgram program = host.StartWith([new("MINIRUN_WEAKEN", without)], command[0], command[1..]);
        return program.Wait();
    }
}

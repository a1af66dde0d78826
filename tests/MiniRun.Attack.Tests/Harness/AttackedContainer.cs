using System.Globalization;
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

    /// <summary>What its shell runs.</summary>
    public string Script { get; set; }

    /// <summary>A place for the test's own files.</summary>
    public string Folder { get; }

    /// <summary>The image's root file system, as the attacker made it.</summary>
    public string Root => Bundle?.Root ?? $"{host.Data}/samples/{image}/rootfs";

    /// <summary>What minirun-oci runs; null for `minirun run`.</summary>
    public OciBundle? Bundle { get; }

    /// <summary>Options of `minirun run`; minirun-oci has a config.json instead.</summary>
    public List<string> Options { get; } = ["--rm"];

    public string[] Command(bool weakened = false)
    {
        string program = weakened ? host.MinirunWithFaults : host.Minirun;
        if (Bundle is null)
        {
            return [program, "run", .. Options, image, "sh", "-c", Script];
        }

        Bundle.Config["process"]!["args"]![2] = Script;
        Bundle.Write();
        return [program + "-oci", "--root", $"{host.Scratch}/attacked", "--cgroup-manager=disabled", "run", "--bundle", Folder, Path.GetFileName(Folder)];
    }

    /// <summary>Starts it once and waits for its end; without the protections and kinds of steps named in <paramref name="without"/>.</summary>
    public ProgramResult Start(string without = "")
    {
        string[] command = Command(without.Length > 0);
        using RunningProgram program = host.StartWith([new("MINIRUN_WEAKEN", without)], command[0], command[1..]);
        return program.Wait();
    }

    /// <summary>Starts it again and again, each time to its end, until there is enough; what each start printed, stderr too.</summary>
    public IReadOnlyList<string> StartRepeatedly(int times, string without = "", Predicate<string>? enough = null)
    {
        List<string> outputs = [];
        string[] loop = ["-c", $"exec 2>&1; for i in $(seq {Batch}); do echo '{Separator}'; \"$@\"; done < /dev/null", "loop", .. Command(without.Length > 0)];
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

    public override string ToString() => string.Join(' ', Command().Select(word => word.ToString(CultureInfo.InvariantCulture)));
}

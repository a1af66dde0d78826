using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>A bundle with a copy of the busybox sample whose config.json a test changes, for minirun-oci and, beside it, crun.</summary>
public sealed class OciBundle
{
    private readonly ContainerHost host;

    /// <param name="copiesRoot">Whether the root is its own. Otherwise it is the sample itself, which no test may change.</param>
    public OciBundle(ContainerHost host, string script, [CallerMemberName] string name = "", bool copiesRoot = true)
    {
        this.host = host;
        Folder = host.NewFolder(name);
        Root = copiesRoot ? Path.Combine(Folder, "rootfs") : host.Sample + "/rootfs";
        Config = JsonNode.Parse(host.SpecToStartFrom)!.AsObject();

        if (copiesRoot)
        {
            host.Program("cp", "-a", host.Sample + "/rootfs", Root).Succeeded();
        }
        else
        {
            Config["root"]!["path"] = Root;
        }

        // crun 1.8 knows no later version.
        Config["ociVersion"] = "1.0.2";
        Config["process"]!["terminal"] = false;
        Config["process"]!["args"] = new JsonArray("sh", "-c", script);
    }

    public string Folder { get; }

    /// <summary>What config.json will hold.</summary>
    public JsonObject Config { get; }

    public JsonArray Mounts => Config["mounts"]!.AsArray();

    public JsonObject Linux => Config["linux"]!.AsObject();

    public string Root { get; }

    private string ConfigFile => Path.Combine(Folder, "config.json");

    /// <summary>Adds an entry of mounts[], given as JSON.</summary>
    public OciBundle Mount(string json)
    {
        Mounts.Add(JsonNode.Parse(json));
        return this;
    }

    /// <summary>A user namespace in which the container's ids 0 … 65535 are the host's 100000 …, and a root that belongs to it.</summary>
    public OciBundle InUserNamespace()
    {
        host.Bash($"chown -hR 100000:100000 {Root}").Succeeded();
        Linux["namespaces"]!.AsArray().Add(new JsonObject { ["type"] = "user" });
        Linux["uidMappings"] = new JsonArray(new JsonObject { ["containerID"] = 0, ["hostID"] = 100000, ["size"] = 65536 });
        Linux["gidMappings"] = new JsonArray(new JsonObject { ["containerID"] = 0, ["hostID"] = 100000, ["size"] = 65536 });
        return this;
    }

    /// <summary>Runs it to its end.</summary>
    public ProgramResult Run()
    {
        Write();
        return host.Program(host.MinirunOci, "--root", host.State, "--cgroup-manager=disabled", "run", "--bundle", Folder, Path.GetFileName(Folder));
    }

    /// <summary>The same by crun.</summary>
    public ProgramResult RunByCrun()
    {
        Write();

        // crun looks paths up as the container's root, who may be nobody out here.
        File.SetUnixFileMode(host.Folder, File.GetUnixFileMode(host.Folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return host.Program("crun", "--root", host.Scratch + "/crun", "--cgroup-manager=disabled", "run", "--bundle", Folder, Path.GetFileName(Folder));
    }

    /// <summary>Writes config.json as it is now.</summary>
    public void Write() => File.WriteAllText(ConfigFile, Config.ToJsonString());
}

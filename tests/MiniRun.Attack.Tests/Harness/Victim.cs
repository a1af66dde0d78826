using System.Globalization;
using System.Text.Json.Nodes;

namespace MiniRun.Attack.Tests.Harness;

/// <summary>Runs one bundle by minirun-oci, by a weakened build of it or by an older runtime, with the same test code.</summary>
internal static class Victim
{
    /// <summary>Runs it by minirun-oci.</summary>
    public static ProgramResult RunByMinirun(this OciBundle bundle, ContainerHost host)
    {
        return bundle.RunBy(host, host.MinirunOci);
    }

    /// <summary>Runs it by the fault build, whose plans lack every step of the named kind.</summary>
    public static ProgramResult RunWithout(this OciBundle bundle, ContainerHost host, string stepKind)
    {
        bundle.Write();
        using RunningProgram program = host.StartWith([new("MINIRUN_WEAKEN", stepKind)], host.MinirunWithFaults + "-oci", Arguments(bundle, host, "weakened"));
        return program.Wait();
    }

    /// <summary>Runs it by any runtime that takes runc's or crun's words.</summary>
    public static ProgramResult RunBy(this OciBundle bundle, ContainerHost host, string runtime)
    {
        bundle.Write();
        return host.Program(runtime, Arguments(bundle, host, Path.GetFileName(runtime)));
    }

    /// <summary>Runs it by a runtime that inherits the host's / as a descriptor that is not closed on exec.</summary>
    public static ProgramResult RunWithHostRootAt(this OciBundle bundle, ContainerHost host, int descriptor, string runtime)
    {
        bundle.Write();
        string number = descriptor.ToString(CultureInfo.InvariantCulture);
        return host.Program("bash", ["-c", $"ulimit -n 4096; exec {number}< /; exec \"$@\"", "leak", runtime, .. Arguments(bundle, host, Path.GetFileName(runtime))]);
    }

    /// <summary>Takes the mounts at and below a path out of the configuration.</summary>
    public static void RemoveMounts(this OciBundle bundle, string path)
    {
        foreach (JsonNode mount in bundle.Mounts.OfType<JsonNode>().Where(mount => ((string)mount["destination"]!).StartsWith(path, StringComparison.Ordinal)).ToArray())
        {
            bundle.Mounts.Remove(mount);
        }
    }

    private static string[] Arguments(OciBundle bundle, ContainerHost host, string name)
    {
        // runc has no such option; in the private host its cgroup is the tests' own.
        string[] manager = name == "runc" ? [] : ["--cgroup-manager=disabled"];
        return ["--root", $"{host.Scratch}/{name}", .. manager, "run", "--bundle", bundle.Folder, Path.GetFileName(bundle.Folder)];
    }
}

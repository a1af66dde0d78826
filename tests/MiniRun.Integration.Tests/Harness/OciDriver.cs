namespace MiniRun.Integration.Tests.Harness;

/// <summary>minirun-oci as an engine drives it: bundles around the busybox sample, one state root.</summary>
public sealed class OciDriver(ContainerHost host, string root)
{
    public OciDriver(ContainerHost host)
        : this(host, host.State)
    {
    }

    public string Root => root;

    /// <summary>Runs `minirun-oci --root ROOT ARGUMENTS` to its end.</summary>
    public ProgramResult Run(params string[] arguments)
    {
        return host.Program(host.MinirunOci, ["--root", root, .. arguments]);
    }

    /// <summary>`create`, with the container's streams elsewhere: it keeps them open after `create` has returned.</summary>
    public ProgramResult Create(string bundle, string id)
    {
        return host.Bash($"{host.MinirunOci} --root {root} create --bundle {bundle} --pid-file {bundle}/pid {id} < /dev/null > /dev/null 2> {bundle}/error || {{ s=$?; cat {bundle}/error >&2; exit $s; }}");
    }

    /// <summary>A bundle that runs a shell script, its config.json changed by a jq filter.</summary>
    public string Bundle(string script = "true", string filter = ".")
    {
        string bundle = host.NewFolder("bundle");
        host.Program(host.MinirunOci, "spec", "--bundle", bundle).Succeeded();
        Change(bundle, script, filter);
        return bundle;
    }

    /// <summary>Has a bundle run a shell script, and changes its config.json by a jq filter.</summary>
    public void Change(string bundle, string script, string filter)
    {
        string change = $".process.terminal = false | .process.args = [\"sh\", \"-c\", $script] | .root.path = $root | {filter}";
        host.Program("bash", "-euc", "jq --arg script \"$1\" --arg root \"$2\" \"$3\" \"$4/config.json\" > \"$4/new\" && mv \"$4/new\" \"$4/config.json\"", "bundle", script, host.Sample + "/rootfs", change, bundle).Succeeded();
    }
}

namespace MiniRun.Conformance.Tests.Config;

/// <summary>Properties that are REQUIRED: a document without one is not valid (config.md#valid-values).</summary>
public sealed class RequiredTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime(
        "ociVersion",
        "root",
        "root.path",
        "mounts.0.destination",
        "process.cwd",
        "process.args",
        "process.consoleSize.height",
        "process.consoleSize.width",
        "process.rlimits.0.type",
        "process.rlimits.0.soft",
        "process.rlimits.0.hard",
        "process.scheduler.policy",
        "process.ioPriority.class",
        "process.ioPriority.priority",
        "hooks.createRuntime.0.path")]
    [Must("config.md", "the properties marked REQUIRED are there")]
    public void A_required_property_of_config_md_that_is_missing_is_an_error(string runtime, string path) => On(
        runtime,
        oci =>
        {
            OciBundle bundle = oci.Bundle().With("process.consoleSize", """{"height": 1, "width": 1}""");
            if (path.StartsWith("hooks", StringComparison.Ordinal))
            {
                bundle.With("hooks.createRuntime.0", """{"path": "/bin/true", "args": ["true"]}""");
            }
            else if (path.StartsWith("process.scheduler", StringComparison.Ordinal))
            {
                bundle.With("process.scheduler", """{"policy": "SCHED_OTHER", "nice": 1}""");
            }
            else if (path.StartsWith("process.ioPriority", StringComparison.Ordinal))
            {
                bundle.With("process.ioPriority", """{"class": "IOPRIO_CLASS_BE", "priority": 1}""");
            }

            oci.Refuses(bundle.Without(path));
        },
        path);

    [Theory]
    [EachRuntime(
        "namespaces.0.type",
        "uidMappings.0.containerID",
        "uidMappings.0.hostID",
        "uidMappings.0.size",
        "devices.0.type",
        "devices.0.path",
        "devices.0.major",
        "devices.0.minor",
        "resources.devices.0.allow",
        "memoryPolicy.mode",
        "seccomp.defaultAction",
        "seccomp.syscalls.0.names",
        "seccomp.syscalls.0.action",
        "seccomp.syscalls.0.args.0.index",
        "seccomp.syscalls.0.args.0.value",
        "seccomp.syscalls.0.args.0.op",
        "personality.domain")]
    [Must("config-linux.md", "the properties marked REQUIRED are there")]
    public void A_required_property_of_config_linux_md_that_is_missing_is_an_error(string runtime, string path) => On(
        runtime,
        oci =>
        {
            OciBundle bundle = oci.Bundle(copiesRoot: path.StartsWith("uid", StringComparison.Ordinal));
            string part = path.Split('.')[0];
            if (part == "uidMappings")
            {
                bundle.InUserNamespace();
            }
            else if (part != "namespaces" && !path.StartsWith("resources", StringComparison.Ordinal))
            {
                bundle.With($"linux.{part}", Whole(part));
            }

            oci.Refuses(bundle.Without($"linux.{path}"));
        },
        path);

    [Theory]
    [EachRuntime]
    [Must("config.md#process", "args has at least one entry")]
    public void No_args_at_all_is_an_error(string runtime) => On(runtime, oci => oci.Refuses(oci.Bundle().With("process.args", "[]")));

    private static string Whole(string part) => part switch
    {
        "devices" => """[{"type": "c", "path": "/dev/kmsg", "major": 1, "minor": 11}]""",
        "memoryPolicy" => """{"mode": "MPOL_DEFAULT", "flags": []}""",
        "personality" => """{"domain": "LINUX", "flags": []}""",
        _ => """
            {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
              {"names": ["chmod"], "action": "SCMP_ACT_ERRNO", "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}]}]}
            """,
    };
}

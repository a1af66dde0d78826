namespace MiniRun.Conformance.Tests.Config;

/// <summary>config.md#valid-values.</summary>
public sealed class ValidValueTests(ContainerHost host) : ConformanceTest(host)
{
    /// <summary>What is not valid, its path, its JSON.</summary>
    private static readonly (string Name, string Path, string Json)[] Rows =
    [
        ("ociVersion of a later major version", "ociVersion", "\"9.0.0\""),
        ("root.readonly that is no bool", "root.readonly", "\"yes\""),
        ("mounts[].type that the kernel does not have", "mounts.-", """{"destination": "/m", "type": "banana", "source": "none"}"""),
        ("mounts[].options that the file system does not have", "mounts.-", """{"destination": "/m", "type": "tmpfs", "source": "none", "options": ["banana"]}"""),
        ("process.terminal that is no bool", "process.terminal", "\"yes\""),
        ("process.user.uid below zero", "process.user.uid", """-1"""),
        ("process.user.umask above 32 bits", "process.user.umask", """4294967296"""),
        ("process.env that holds a number", "process.env.-", """1"""),
        ("process.oomScoreAdj above 1000", "process.oomScoreAdj", """1001"""),
        ("process.scheduler.policy", "process.scheduler", """{"policy": "SCHED_BANANA"}"""),
        ("process.scheduler.flags", "process.scheduler", """{"policy": "SCHED_BATCH", "flags": ["SCHED_FLAG_BANANA"]}"""),
        ("process.ioPriority.class", "process.ioPriority", """{"class": "IOPRIO_CLASS_BANANA", "priority": 1}"""),
        ("process.ioPriority.priority above 7", "process.ioPriority", """{"class": "IOPRIO_CLASS_BE", "priority": 8}"""),
        ("linux.namespaces[].type", "linux.namespaces.-", """{"type": "banana"}"""),
        ("linux.devices[].type", "linux.devices.-", """{"type": "z", "path": "/dev/z", "major": 1, "minor": 3}"""),
        ("linux.resources.devices[].type", "linux.resources.devices", """[{"allow": true, "type": "z", "access": "r"}]"""),
        ("linux.resources.devices[].access", "linux.resources.devices", """[{"allow": true, "type": "c", "access": "z"}]"""),
        ("linux.rootfsPropagation", "linux.rootfsPropagation", "\"banana\""),
        ("linux.sysctl that the kernel does not have", "linux.sysctl", """{"kernel.banana": "1"}"""),
        ("linux.seccomp.defaultAction", "linux.seccomp", """{"defaultAction": "SCMP_ACT_BANANA"}"""),
        ("linux.seccomp.architectures", "linux.seccomp", """{"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_BANANA"]}"""),
        ("linux.seccomp.flags", "linux.seccomp", """{"defaultAction": "SCMP_ACT_ALLOW", "flags": ["SECCOMP_FILTER_FLAG_BANANA"]}"""),
        ("linux.seccomp.syscalls[].action", "linux.seccomp.syscalls.-", """{"names": ["chmod"], "action": "SCMP_ACT_BANANA"}"""),
        ("linux.seccomp.syscalls[].args[].index above 5", "linux.seccomp.syscalls.-", """{"names": ["chmod"], "action": "SCMP_ACT_KILL", "args": [{"index": 6, "value": 1, "op": "SCMP_CMP_EQ"}]}"""),
        ("linux.seccomp.syscalls[].args[].op", "linux.seccomp.syscalls.-", """{"names": ["chmod"], "action": "SCMP_ACT_KILL", "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_BANANA"}]}"""),
        ("linux.personality.domain", "linux.personality", """{"domain": "BANANA"}"""),
        ("linux.memoryPolicy.mode", "linux.memoryPolicy", """{"mode": "MPOL_BANANA"}"""),
        ("linux.memoryPolicy.flags", "linux.memoryPolicy", """{"mode": "MPOL_BIND", "nodes": "0", "flags": ["MPOL_F_BANANA"]}"""),
        ("linux.timeOffsets of another clock", "linux.timeOffsets", """{"banana": {"secs": 1}}"""),
        ("linux.timeOffsets without a time namespace", "linux.timeOffsets", """{"monotonic": {"secs": 1}}"""),
    ];

    public static IEnumerable<string> Names => Rows.Select(row => row.Name);

    [Theory]
    [EachRuntime(Table = nameof(Names))]
    [Must("config.md#valid-values", "an invalid or unsupported value: error")]
    public void An_invalid_value_is_an_error(string runtime, string name) => On(
        runtime,
        oci =>
        {
            (_, string path, string json) = Rows.Single(row => row.Name == name);
            OciBundle bundle = oci.Bundle();
            if (path.StartsWith("linux.seccomp.", StringComparison.Ordinal))
            {
                bundle.With("linux.seccomp", """{"defaultAction": "SCMP_ACT_ALLOW"}""");
            }

            oci.Refuses(bundle.With(path, json));
        },
        name);
}

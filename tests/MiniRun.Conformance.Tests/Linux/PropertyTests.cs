namespace MiniRun.Conformance.Tests.Linux;

/// <summary>Every property of config.json does what its section says, as seen from inside.</summary>
public sealed class PropertyTests(ContainerHost host) : ConformanceTest(host)
{
    /// <summary>The optional fields of the root in mountinfo.</summary>
    private const string Propagation = "awk '$5 == \"/\" { $1 = $2 = $3 = $4 = $5 = $6 = \"\"; sub(\" - .*\", \"\"); gsub(\"[0-9]+\", \"N\"); print $1 }' /proc/self/mountinfo";

    /// <summary>A name, the property, its JSON, a script, what it prints.</summary>
    private static readonly (string Name, string Path, string Json, string Script, string Printed)[] Rows =
    [
        ("hostname", "hostname", "\"mrsdalloway\"", "hostname", "mrsdalloway"),
        ("domainname", "domainname", "\"example.test\"", "cat /proc/sys/kernel/domainname", "example.test"),
        ("linux.sysctl", "linux.sysctl", """{"net.ipv4.ip_forward": "1"}""", "cat /proc/sys/net/ipv4/ip_forward", "1"),
        ("linux.maskedPaths", "linux.maskedPaths", """["/etc/passwd", "/sys/kernel"]""", "[ -z \"$(cat /etc/passwd; ls /sys/kernel)\" ] && echo masked", "masked"),
        ("linux.readonlyPaths", "linux.readonlyPaths", """["/dev/shm"]""", "(: > /dev/shm/file) 2> /dev/null || echo refused", "refused"),
        ("linux.rootfsPropagation shared", "linux.rootfsPropagation", "\"shared\"", Propagation, "shared:N"),
        ("linux.rootfsPropagation private", "linux.rootfsPropagation", "\"private\"", Propagation, ""),
        ("linux.rootfsPropagation unbindable", "linux.rootfsPropagation", "\"unbindable\"", Propagation, "unbindable"),
        ("linux.rootfsPropagation slave", "linux.rootfsPropagation", "\"slave\"", Propagation, "master:N"),
        ("linux.personality", "linux.personality", """{"domain": "LINUX32"}""", "uname -m", "i686"),
        ("linux.memoryPolicy", "linux.memoryPolicy", """{"mode": "MPOL_BIND", "nodes": "0"}""", "grep -q bind:0 /proc/self/numa_maps && echo bound", "bound"),
        ("linux.seccomp", "linux.seccomp", """{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 122}]}""",
            "mkdir /dev/shm/x 2>&1 | sed 's/.*: //'", "Disk quota exceeded"),
        ("linux.timeOffsets", "linux.timeOffsets", """{"monotonic": {"secs": 100, "nanosecs": 5}}""", "grep monotonic /proc/self/timens_offsets | tr -s ' '", "monotonic 100 5"),
        ("process.env", "process.env", """["PATH=/bin", "A=b c"]""", "echo $A", "b c"),
        ("process.cwd", "process.cwd", "\"/etc\"", "pwd", "/etc"),
        ("process.user", "process.user", """{"uid": 5, "gid": 6, "umask": 63, "additionalGids": [7, 8]}""", "echo $(id -u) $(id -g) $(id -G) $(umask)", "5 6 6 7 8 0077"),
        ("process.noNewPrivileges true", "process.noNewPrivileges", """true""", "grep NoNewPrivs /proc/self/status", "NoNewPrivs:\t1"),
        ("process.noNewPrivileges false", "process.noNewPrivileges", """false""", "grep NoNewPrivs /proc/self/status", "NoNewPrivs:\t0"),
        ("process.scheduler", "process.scheduler", """{"policy": "SCHED_BATCH", "nice": 7}""", "awk '{ print $19, $41 }' /proc/self/stat", "7 3"),
        ("process.ioPriority", "process.ioPriority", """{"class": "IOPRIO_CLASS_BE", "priority": 6}""", "ionice -p $$", "best-effort: prio 6"),
        ("process.capabilities", "process.capabilities", """{"bounding": ["CAP_CHOWN", "CAP_KILL"], "permitted": ["CAP_CHOWN", "CAP_KILL"], "effective": ["CAP_CHOWN"], "inheritable": ["CAP_KILL"], "ambient": ["CAP_KILL"]}""",
            "echo $(sed -n 's/^Cap...:.//p' /proc/self/status)", "0000000000000020 0000000000000021 0000000000000021 0000000000000021 0000000000000020"),
        ("process.args", "process.args", """["sh", "-c", "echo $0 $1", "a b", "c"]""", "", "a b c"),
    ];

    public static IEnumerable<string> Names => Rows.Select(row => row.Name);

    [Theory]
    [EachRuntime(Table = nameof(Names))]
    [Must("runtime.md#lifecycle", "the environment is made as config.json says")]
    [Must("runtime.md#create", "all properties are applied")]
    public void A_property_is_applied(string runtime, string name) => On(
        runtime,
        oci =>
        {
            (_, string path, string json, string script, string printed) = Rows.Single(row => row.Name == name);
            OciBundle bundle = oci.Bundle(script).With(path, json);
            if (path == "linux.timeOffsets")
            {
                bundle.With("linux.namespaces.-", """{"type": "time"}""");
            }

            // Where the runtime's root is shared, the container's can be its slave.
            bundle.Write();
            string seen = Host.Bash($"exec unshare --mount --propagation shared {oci.Command} run --bundle {bundle.Folder} {OciRuntime.Id(bundle)}").Succeeded();
            Assert.Equal(printed, seen);
        },
        name);
}

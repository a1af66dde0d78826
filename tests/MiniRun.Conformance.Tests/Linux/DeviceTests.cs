namespace MiniRun.Conformance.Tests.Linux;

/// <summary>config-linux.md#devices, #default-devices and #allowed-device-list; runtime-linux.md#dev-symbolic-links.</summary>
public sealed class DeviceTests(ContainerHost host) : ConformanceTest(host)
{
    [Theory]
    [EachRuntime("c", "u", "b", "p")]
    [Must("config-linux.md#devices", "the devices are available")]
    public void A_device_is_there(string runtime, string type) => On(
        runtime,
        oci =>
        {
            (string json, string seen) = type switch
            {
                "b" => (""" "major": 7, "minor": 0, "fileMode": 384 """, "block special file 7:0 600 0:0"),
                "p" => (""" "fileMode": 438 """, "fifo 0:0 666 0:0"),
                _ => (""" "major": 1, "minor": 11, "fileMode": 416, "uid": 7, "gid": 8 """, "character special file 1:b 640 7:8"),
            };
            Assert.Equal(seen, oci.Prints(oci.Bundle("stat -c '%F %t:%T %a %u:%g' /dev/a").With("linux.devices.-", $$"""{"type": "{{type}}", "path": "/dev/a", {{json}}}""")));
        },
        type);

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#devices", "a file at path that is not that device: error")]
    public void A_file_in_the_place_of_a_device_is_an_error(string runtime) => On(runtime, oci =>
    {
        OciBundle bundle = oci.Bundle(copiesRoot: true).With("linux.devices.-", """{"type": "c", "path": "/etc/taken", "major": 1, "minor": 11}""");
        File.WriteAllText(bundle.Root + "/etc/taken", "taken");
        oci.Refuses(bundle);
    });

    [Theory]
    [EachRuntime("null 1:3", "zero 1:5", "full 1:7", "random 1:8", "urandom 1:9", "tty 5:0")]
    [Must("config-linux.md#default-devices", "null, zero, full, random, urandom and tty are there")]
    public void A_default_device_is_there(string runtime, string device) => On(
        runtime,
        oci => Assert.Equal("character special file " + device.Split(' ')[1], oci.Prints(oci.Bundle($"stat -c '%F %t:%T' /dev/{device.Split(' ')[0]}"))),
        device);

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#default-devices", "ptmx is a bind mount of or a symlink to /dev/pts/ptmx")]
    public void Ptmx_is_that_of_the_containers_devpts(string runtime) => On(runtime, oci =>
        Assert.Equal("same", oci.Prints(oci.Bundle("[ /dev/ptmx -ef /dev/pts/ptmx ] && echo same"))));

    [Theory]
    [EachRuntime]
    [Must("config-linux.md#default-devices", "with a terminal, console is a bind mount of it")]
    public void Console_is_the_terminal(string runtime) => On(runtime, oci =>
    {
        string seen = oci.PrintsOnTerminal(oci.Bundle("""
            [ "$(stat -c %t:%T /dev/console)" = "$(stat -L -c %t:%T /proc/self/fd/0)" ] && echo same
            grep ' /dev/console .* - devpts ' /proc/self/mountinfo
            """).With("process.terminal", "true"));
        Assert.Contains("same", seen, StringComparison.Ordinal);
        Assert.Contains(" - devpts ", seen, StringComparison.Ordinal);
    });

    [Theory]
    [EachRuntime]
    [Must("runtime-linux.md#dev-symbolic-links", "fd, stdin, stdout and stderr are symlinks to /proc/self/fd")]
    public void The_symlinks_of_dev_are_there(string runtime) => On(runtime, oci => Assert.Equal(
        "/proc/self/fd /proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2",
        oci.Prints(oci.Bundle("echo $(readlink /dev/fd) $(readlink /dev/stdin) $(readlink /dev/stdout) $(readlink /dev/stderr)"))));

    // No runtime allows /dev/kmsg of its own accord. Opening it to write takes no capability.
    [Theory]
    [EachRuntime("allow", "deny, allow", "allow, deny", "deny, allow reading")]
    [Must("config-linux.md#allowed-device-list", "the entries apply in the listed order")]
    public void Device_rules_apply_in_order(string runtime, string rules) => On(
        runtime,
        oci =>
        {
            OciBundle bundle = oci.Bundle("(: > /dev/kmsg) 2> /dev/null && echo open || echo closed")
                .With("linux.devices.-", """{"type": "c", "path": "/dev/kmsg", "major": 1, "minor": 11}""")
                .With("linux.resources.devices", "[]");
            foreach (string rule in rules.Split(", "))
            {
                bundle.With("linux.resources.devices.-", rule switch
                {
                    "deny" => """{"allow": false, "access": "rwm"}""",
                    "allow" => """{"allow": true, "type": "c", "major": 1, "minor": 11, "access": "w"}""",
                    _ => """{"allow": true, "type": "c", "major": 1, "minor": 11, "access": "r"}""",
                });
            }

            Assert.Equal(rules.EndsWith("allow", StringComparison.Ordinal) ? "open" : "closed", oci.Prints(bundle));
        },
        rules);
}

using System.Runtime.InteropServices;
using System.Text;
using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Seccomp;

namespace MiniRun.Linux.Tests.Seccomp;

public sealed class SeccompTemplateTests
{
    private const string DockersShape = """
        {
          "defaultAction": "SCMP_ACT_ERRNO",
          "defaultErrnoRet": 1,
          "archMap": [
            { "architecture": "SCMP_ARCH_AARCH64", "subArchitectures": ["SCMP_ARCH_ARM"] },
            { "architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86", "SCMP_ARCH_X32"] }
          ],
          "syscalls": [
            { "names": ["read", "write"], "action": "SCMP_ACT_ALLOW", "args": null, "comment": "", "includes": {}, "excludes": {} },
            { "names": ["ptrace"], "action": "SCMP_ACT_ALLOW", "includes": { "minKernel": "4.8" } },
            { "names": ["future"], "action": "SCMP_ACT_ALLOW", "includes": { "minKernel": "99.0" } },
            { "names": ["mount"], "action": "SCMP_ACT_ALLOW", "includes": { "caps": ["CAP_SYS_ADMIN", "CAP_NET_ADMIN"] } },
            { "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38, "excludes": { "caps": ["CAP_SYS_ADMIN"] } },
            { "names": ["arch_prctl"], "action": "SCMP_ACT_ALLOW", "includes": { "arches": ["amd64", "x32"] } },
            { "names": ["clone"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 0, "value": 2114060288, "op": "SCMP_CMP_MASKED_EQ" }], "excludes": { "caps": ["CAP_SYS_ADMIN"], "arches": ["s390", "s390x"] } }
          ]
        }
        """;

    [Fact]
    public void Conditions_are_asked_of_capabilities_kernel_and_architecture()
    {
        Assert.Equal(["read", "write", "ptrace", "clone3", "arch_prctl", "clone"], Names(CapabilitySet.Empty, Architecture.X64));
        Assert.Equal(["read", "write", "ptrace", "arch_prctl"], Names(CapabilitySet.Parse("SYS_ADMIN"), Architecture.X64));
        Assert.Equal(["read", "write", "ptrace", "mount", "arch_prctl"], Names(CapabilitySet.All, Architecture.X64));
        Assert.Equal(["read", "write", "ptrace", "clone3", "clone"], Names(CapabilitySet.Empty, Architecture.Arm64));
    }

    [Fact]
    public void The_machines_family_of_architectures_is_taken()
    {
        SeccompTemplate template = Read(DockersShape);
        Assert.Equal(["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"], template.Resolve(new() { Capabilities = default, Architecture = Architecture.X64 }).Architectures);
        Assert.Equal(["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"], template.Resolve(new() { Capabilities = default, Architecture = Architecture.Arm64 }).Architectures);
    }

    [Fact]
    public void A_rules_parts_are_kept()
    {
        SeccompTemplate template = Read(DockersShape);
        Assert.Equal(38U, template.Rules[4].Rule.Errno);
        Assert.Equal([new(0, 2114060288, 0, "SCMP_CMP_MASKED_EQ")], template.Rules[6].Rule.Arguments);
        Assert.NotEmpty(SeccompCompiler.Compile(template.Resolve(new() { Capabilities = CapabilitySet.Empty })));
    }

    [Fact]
    public void The_shape_of_an_oci_config_is_read_too()
    {
        SeccompProfile profile = Read("""{"defaultAction":"SCMP_ACT_ALLOW","architectures":["SCMP_ARCH_X86"],"flags":["SECCOMP_FILTER_FLAG_LOG"],"syscalls":[{"name":"getcwd","action":"SCMP_ACT_KILL"}]}""").Resolve(new() { Capabilities = default });
        Assert.Equal(["SCMP_ARCH_X86"], profile.Architectures);
        Assert.Equal(["SECCOMP_FILTER_FLAG_LOG"], profile.Flags);
        Assert.Equal(["getcwd"], profile.Rules.Single().Names);
    }

    [Theory]
    [InlineData("", "not JSON: line 1")]
    [InlineData("{\n]", "not JSON: line 2")]
    [InlineData("[]", "$: an object belongs here")]
    [InlineData("{}", "defaultAction is missing")]
    [InlineData("""{"defaultAction":1}""", "$.defaultAction: a text belongs here")]
    [InlineData("""{"defaultAction":"A","defaultAction":"B"}""", "$.defaultAction: the field is given twice")]
    [InlineData("""{"defaultAction":"A","listenerPath":"/x"}""", "$.listenerPath: minirun does not know this field")]
    [InlineData("""{"defaultAction":"A","syscalls":[{"names":["a"]}]}""", "$.syscalls[0]: a rule needs names and an action")]
    [InlineData("""{"defaultAction":"A","syscalls":[{"names":["a"],"action":"B","args":[{"index":6,"op":"C"}]}]}""", "$.syscalls[0].args[0].index: a whole number from 0 to 5")]
    [InlineData("""{"defaultAction":"A","syscalls":[{"names":["a"],"action":"B","args":[{"index":0,"value":-1,"op":"C"}]}]}""", "$.syscalls[0].args[0].value: a whole number")]
    [InlineData("""{"defaultAction":"A","syscalls":[{"names":["a"],"action":"B","includes":{"user":"x"}}]}""", "$.syscalls[0].includes.user: minirun does not know this condition")]
    [InlineData("""{"defaultAction":"A","syscalls":[{"names":["a"],"action":"B","includes":{"minKernel":"new"}}]}""", "$.syscalls[0].includes.minKernel: a kernel version")]
    [InlineData("""{"defaultAction":"A","architectures":["x"],"archMap":[{"architecture":"y"}]}""", "both architectures and archMap")]
    public void What_is_wrong_is_pointed_at(string json, string part)
    {
        string message = Assert.Throws<MiniRunException>(() => Read(json)).Message;
        Assert.StartsWith("profile.json: ", message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Deep_nesting_is_an_error_not_a_crash()
        => Assert.Throws<MiniRunException>(() => Read("""{"defaultAction":""" + new string('[', 100_000)));

    private static SeccompTemplate Read(string json) => SeccompTemplateReader.Read(Encoding.UTF8.GetBytes(json), "profile.json");

    private static string[] Names(CapabilitySet capabilities, Architecture architecture)
        => [.. Read(DockersShape).Resolve(new() { Capabilities = capabilities, Architecture = architecture }).Rules.SelectMany(rule => rule.Names)];
}

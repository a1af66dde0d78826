using System.Runtime.InteropServices;
using MiniRun.Linux.Interop;

namespace MiniRun.Abi.Tests;

public class StructureTests
{
    private static readonly string[] s_headers =
    [
        "fcntl.h", "poll.h", "signal.h", "sys/ioctl.h", "sys/socket.h", "sys/stat.h", "sys/uio.h", "sys/un.h", "sys/vfs.h", "asm/termbits.h", "seccomp.h",
        "linux/bpf.h", "linux/mount.h", "linux/openat2.h", "sys/resource.h", Repository.SpawnHeader,
    ];

    /// <summary>C's name where it is not "struct NAME".</summary>
    private static readonly Dictionary<string, string> s_otherNames = new()
    {
        ["siginfo"] = "siginfo_t",
        ["bpf_prog_load_attributes"] = "union bpf_attr",
        ["bpf_prog_attach_attributes"] = "union bpf_attr",
    };

    /// <summary>Structures that stop early: the kernel is told their size.</summary>
    private static readonly string[] s_prefixes = ["bpf_prog_load_attributes", "bpf_prog_attach_attributes"];

    [Fact]
    public void Every_structure_of_the_kernel_and_of_the_shim_has_their_size_offsets_and_widths()
    {
        StructureComparison comparison = new(s_headers);
        Type[] types = [.. typeof(Libc).Assembly.GetTypes().Where(IsMirror)];
        Assert.True(types.Length >= 18, $"only {types.Length} structures were found");
        foreach (Type type in types)
        {
            comparison.Add(type, s_otherNames.GetValueOrDefault(type.Name, $"struct {type.Name}"), name => name, wholeSize: !s_prefixes.Contains(type.Name));
        }

        comparison.AssertEqual();
    }

    private static bool IsMirror(Type type) => type is { IsValueType: true, IsEnum: false, IsNested: false, Namespace: "MiniRun.Linux.Interop" }
        && type.StructLayoutAttribute!.Value == LayoutKind.Sequential
        && char.IsLower(type.Name[0]);
}

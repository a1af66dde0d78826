using System.Runtime.InteropServices;
using MiniRun.Linux.Interop;

namespace MiniRun.Abi.Tests;

public class StructureTests
{
    private static readonly string[] s_headers =
    [
        "fcntl.h", "poll.h", "signal.h", "sys/ioctl.h", "sys/socket.h", "sys/stat.h", "sys/uio.h", "sys/un.h", "sys/vfs.h", "asm/termbits.h", "seccomp.h",
        "linux/bpf.h", "linux/mount.h", "linux/openat2.h", "linux/rtnetlink.h", "linux/if_addr.h", "regex.h", "spawn.h", "sys/resource.h", Repository.SpawnHeader,
    ];

    /// <summary>C's name where it is not "struct NAME".</summary>
    private static readonly Dictionary<string, string> s_otherNames = new()
    {
        ["siginfo"] = "siginfo_t",
        ["bpf_prog_load_attributes"] = "union bpf_attr",
        ["bpf_prog_attach_attributes"] = "union bpf_attr",
        ["bpf_prog_query_attributes"] = "union bpf_attr",
        ["posix_spawn_file_actions"] = "posix_spawn_file_actions_t",
        ["posix_spawnattr"] = "posix_spawnattr_t",
        ["regex_t"] = "regex_t",
    };

    /// <summary>Structures that stop early: the kernel is told their size.</summary>
    private static readonly string[] s_prefixes = ["bpf_prog_load_attributes", "bpf_prog_attach_attributes", "bpf_prog_query_attributes"];

    /// <summary>What only libc looks into: as large as libc's, or larger.</summary>
    private static readonly string[] s_opaque = ["posix_spawn_file_actions", "posix_spawnattr", "regex_t"];

    [Fact]
    public void Every_structure_of_the_kernel_and_of_the_shim_has_their_size_offsets_and_widths()
    {
        StructureComparison comparison = new(s_headers);
        Type[] types = [.. typeof(Libc).Assembly.GetTypes().Where(IsMirror)];
        Assert.True(types.Length >= 18, $"only {types.Length} structures were found");
        foreach (Type type in types.Where(type => !s_opaque.Contains(type.Name)))
        {
            string within = type.Name == "bpf_prog_query_attributes" ? "query." : "";
            comparison.Add(type, s_otherNames.GetValueOrDefault(type.Name, $"struct {type.Name}"), name => within + name, wholeSize: !s_prefixes.Contains(type.Name));
        }

        comparison.AssertEqual();
    }

    [Fact]
    public void What_only_libc_looks_into_has_room_for_libcs()
    {
        CProgram program = new(s_headers);
        foreach (string name in s_opaque)
        {
            program.Print(name, $"sizeof({s_otherNames[name]})");
        }

        program.Print("sigset_t", "sizeof(sigset_t)");
        Dictionary<string, long> sizes = program.Run();
        Assert.True(Marshal.SizeOf<posix_spawn_file_actions>() >= sizes["posix_spawn_file_actions"]);
        Assert.True(Marshal.SizeOf<posix_spawnattr>() >= sizes["posix_spawnattr"]);
        Assert.True(Marshal.SizeOf<regex_t>() >= sizes["regex_t"]);
        Assert.Equal(Libc.SigsetSize, sizes["sigset_t"]);
    }

    private static bool IsMirror(Type type) => type is { IsValueType: true, IsEnum: false, IsNested: false, Namespace: "MiniRun.Linux.Interop" }
        && type.StructLayoutAttribute!.Value == LayoutKind.Sequential
        && char.IsLower(type.Name[0]);
}

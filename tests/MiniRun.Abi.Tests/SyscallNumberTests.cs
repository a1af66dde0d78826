using System.Reflection;
using System.Text.RegularExpressions;
using MiniRun.Linux.Interop;

namespace MiniRun.Abi.Tests;

public partial class SyscallNumberTests
{
    [Fact]
    public void Every_system_call_has_this_machines_number()
    {
        CProgram program = new("sys/syscall.h");
        Dictionary<string, long> ours = typeof(SyscallNumber).GetProperties(BindingFlags.Static | BindingFlags.Public)
            .ToDictionary(p => p.Name, p => (long)(nint)p.GetValue(null)!);
        foreach (string name in ours.Keys)
        {
            program.Print(name, $"SYS_{name}");
        }

        Assert.True(ours.Count > 20);
        Assert.Equal(ours, program.Run());
    }

    [Fact]
    public void Every_system_call_has_the_number_of_aarch64_too()
    {
        // aarch64 takes its numbers from asm-generic, which every architecture's headers include.
        CProgram program = new("asm-generic/unistd.h");
        Dictionary<string, long> ours = [];
        foreach (Match row in Row().Matches(File.ReadAllText(Repository.SyscallNumbers)))
        {
            ours[row.Groups["name"].Value] = long.Parse(row.Groups["number"].Value);
        }

        foreach (string name in ours.Keys)
        {
            program.Print(name, $"__NR_{name}");
        }

        Assert.Equal(typeof(SyscallNumber).GetProperties(BindingFlags.Static | BindingFlags.Public).Length, ours.Count);
        Assert.Equal(ours, program.Run());
    }

    [GeneratedRegex(@"nint (?<name>\w+) => (Arm64 \? (?<number>\d+) : \d+|(?<number>\d+));")]
    private static partial Regex Row();
}

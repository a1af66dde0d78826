using System.Runtime.CompilerServices;

namespace MiniRun.Abi.Tests;

/// <summary>The sources that these tests read.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(ThisFolder(), "..", ".."));

    public static string PlanHeader => Path.Combine(Root, "native-shims", "init", "plan.h");

    public static string SpawnHeader => Path.Combine(Root, "native-shims", "spawn", "spawn.h");

    public static string SyscallNumbers => Path.Combine(Root, "src", "MiniRun.Linux", "Interop", "SyscallNumber.cs");

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

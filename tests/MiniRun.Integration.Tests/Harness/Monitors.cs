using System.Globalization;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>The monitors of containers, found as the host's ps would find them.</summary>
internal static class Monitors
{
    /// <summary>The pid of a container's monitor. For a moment, while it executes itself anew, its command line is empty.</summary>
    public static int Of(string id)
    {
        int found = 0;
        Eventually.True(() => (found = TryFind(id)) > 0, () => $"{id} has no monitor");
        return found;
    }

    /// <summary>Kills it, and waits until it is gone.</summary>
    public static void Kill(string id)
    {
        int pid = Of(id);
        Assert.Equal(0, Kernel.Kill(pid, Kernel.SIGKILL));
        Eventually.True(() => CommandLine(pid).Length == 0, () => $"{pid} does not die");
    }

    /// <summary>Waits until it has executed itself anew.</summary>
    public static void Settle(string id) => Eventually.True(
        () => CommandLine(Of(id)).Contains("\0resume-monitor\0", StringComparison.Ordinal),
        () => $"the monitor of {id} stays as large as it began");

    /// <summary>Its environment, a NAME=VALUE each.</summary>
    public static string[] EnvironmentOf(string id) => File.ReadAllText($"/proc/{Of(id)}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The limits of a process, as the kernel words them.</summary>
    public static string OpenFilesOf(int pid) => File.ReadLines($"/proc/{pid}/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal));

    private static int TryFind(string id) => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0)
        .SingleOrDefault(pid => pid > 0 && CommandLine(pid).EndsWith($"monitor\0{id}\0", StringComparison.Ordinal));

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}

using System.Text.Json;

namespace MiniRun.Cli.Output;

/// <summary>`info` for people: docker's words, from the document that --format works on.</summary>
internal static class HostSummaryText
{
    internal static string Of(JsonElement host)
    {
        string Text(string name) => host.GetProperty(name).ToString();
        List<string> lines =
        [
            $"Containers: {Text("Containers")}",
            $" Running: {Text("ContainersRunning")}",
            $" Paused: {Text("ContainersPaused")}",
            $" Stopped: {Text("ContainersStopped")}",
            $"Images: {Text("Images")}",
            $"Version: {Text("ServerVersion")} (there is no daemon)",
            $"Storage Driver: {Text("Driver")}",
            $"Logging Driver: {Text("LoggingDriver")}",
            $"Cgroup Driver: {Text("CgroupDriver")}",
            $"Cgroup Version: {Text("CgroupVersion")}",
            "Security Options:",
        ];
        foreach (JsonElement option in host.GetProperty("SecurityOptions").EnumerateArray())
        {
            // "name=seccomp,profile=builtin" is a line and one below it.
            string[] parts = option.ToString().Split(',');
            lines.Add($" {parts[0][(parts[0].IndexOf('=', StringComparison.Ordinal) + 1)..]}");
            lines.AddRange(parts[1..].Select(static part => $"  {part.Replace("profile=", "Profile: ", StringComparison.Ordinal)}"));
        }

        lines.AddRange(
        [
            $"Kernel Version: {Text("KernelVersion")}",
            $"Operating System: {Text("OperatingSystem")}",
            $"OSType: {Text("OSType")}",
            $"Architecture: {Text("Architecture")}",
            $"CPUs: {Text("NCPU")}",
            $"Total Memory: {HumanSize.Binary(host.GetProperty("MemTotal").GetInt64())}",
            $"Name: {Text("Name")}",
            $"Data Root: {Text("DockerRootDir")}",
        ]);
        JsonElement registries = host.GetProperty("RegistryConfig");
        AddList(lines, "Insecure Registries:", registries.GetProperty("InsecureRegistries").EnumerateArray().Select(static rule => rule.ToString()));
        AddList(lines, "Blocked Registries:", registries.GetProperty("BlockedRegistries").EnumerateArray().Select(static registry => registry.ToString()));
        AddList(lines, "Registry Mirrors:", registries.GetProperty("Mirrors").EnumerateArray().Select(static mirror => $"{mirror.GetProperty("Registry")}: {string.Join(", ", mirror.GetProperty("Addresses").EnumerateArray())}"));
        return string.Join('\n', lines) + "\n";
    }

    private static void AddList(List<string> lines, string heading, IEnumerable<string> items)
    {
        string[] all = [.. items];
        if (all.Length > 0)
        {
            lines.Add(heading);
            lines.AddRange(all.Select(static item => $" {item}"));
        }
    }
}

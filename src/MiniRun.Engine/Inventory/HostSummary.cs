using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Registries.Configuration;
using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Inventory;

/// <summary>`minirun info`: what there is here, and what this host offers containers.</summary>
public sealed record HostSummary
{
    private const int LargestFile = 64 << 10;

    /// <summary>How many containers are in each phase.</summary>
    public required IReadOnlyDictionary<ContainerPhase, int> Containers { get; init; }

    public required int Images { get; init; }

    public required string DataRoot { get; init; }

    public required CgroupHost Cgroups { get; init; }

    public required SecurityModules SecurityModules { get; init; }

    public required bool Rootless { get; init; }

    public required RegistryConfig Registries { get; init; }

    public string KernelVersion { get; } = FirstLine("/proc/sys/kernel/osrelease");

    public string HostName { get; } = FirstLine("/proc/sys/kernel/hostname");

    /// <summary>PRETTY_NAME of os-release(5); "Linux" where there is none.</summary>
    public string OperatingSystem { get; } = Value("/etc/os-release", "PRETTY_NAME=") is { Length: > 0 } name ? name : "Linux";

    /// <summary>In bytes; MemTotal of proc_meminfo(5).</summary>
    public long Memory { get; } = MemoryOfHost();

    /// <summary>As uname(2) calls it.</summary>
    public string Architecture { get; } = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "aarch64" : "x86_64";

    public int Processors { get; } = Environment.ProcessorCount;

    /// <summary>What limits cannot be had here, a line each.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            if (Cgroups.MountPoint is null)
            {
                return ["no cgroup2 is mounted: containers can have no limits, and cannot be paused"];
            }

            List<string> warnings = [];
            foreach ((string controller, string limit) in new[] { ("memory", "memory limit"), ("cpu", "CPU limit"), ("cpuset", "cpuset"), ("io", "block I/O limit"), ("pids", "limit of processes") })
            {
                if (!Cgroups.Controllers.Contains(controller))
                {
                    string holder = Cgroups.V1Controllers.Contains(controller) ? ": cgroup v1 has the controller" : "";
                    warnings.Add($"No {limit} support{holder}");
                }
            }

            return warnings;
        }
    }

    /// <summary>Looks at everything.</summary>
    /// <exception cref="MiniRunException">The store or registries.json is damaged, or /proc cannot be read.</exception>
    public static HostSummary Read(DataRoot data, ContainerStore store, Runtime.Lifecycle.Containers runtime, Func<string, string?> variable) => new()
    {
        Containers = new ListContainers(store, runtime).List(all: true).CountBy(static container => container.Phase).ToDictionary(),
        Images = new ImageStore(data).References().Select(static reference => reference.Manifest.Digest).Distinct().Count(),
        DataRoot = data.Folder,
        Cgroups = CgroupHost.Detect(),
        SecurityModules = SecurityModules.Detect(),
        Rootless = CurrentProcess.EffectiveUid != 0,
        Registries = RegistrySettings.Read(variable).Config,
    };

    /// <summary>See <see cref="Memory"/>.</summary>
    internal static long MemoryOfHost() => Kibibytes(Value("/proc/meminfo", "MemTotal:")) << 10;

    private static string FirstLine(string path) => HostFile.ReadText(path, LargestFile).Split('\n')[0];

    private static string Value(string path, string key)
    {
        if (FileStatus.Of(path) is null)
        {
            return "";
        }

        foreach (string line in HostFile.ReadText(path, LargestFile).Split('\n'))
        {
            if (line.StartsWith(key, StringComparison.Ordinal))
            {
                return line[key.Length..].Trim(' ', '"', '\'');
            }
        }

        return "";
    }

    private static long Kibibytes(string text) => long.TryParse(text.Split(' ')[0], out long number) ? number : 0;
}

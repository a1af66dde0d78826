using System.Diagnostics;
using System.Globalization;
using MiniRun.Engine.Containers;
using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Statistics;

/// <summary>What a container has used up to a moment.</summary>
/// <param name="Time">The moment, of the monotonic clock.</param>
/// <param name="Cgroup">Null where it has no cgroup.</param>
/// <param name="Processes">Tasks or, where nothing counts them, processes; null where it has no cgroup.</param>
/// <param name="Network">Bytes received and sent, loopback left out; null where the network is the host's.</param>
internal sealed record ContainerSample(TimeSpan Time, CgroupStatistics? Cgroup, int? Processes, (ulong Received, ulong Sent)? Network)
{
    private const int LargestTable = 1 << 20;

    /// <summary>Takes one; null where the container does not run, or ended meanwhile: nothing of another process that has got its pid is in it.</summary>
    internal static ContainerSample? Take(Runtime.Lifecycle.Containers runtime, ContainerSummary container)
    {
        if (!container.Running)
        {
            return null;
        }

        try
        {
            ContainerReport report = runtime.State(container.Id);
            (CgroupStatistics? cgroup, int? processes) = report.Cgroup is null ? (null, null) : CgroupOf(runtime, container.Id);
            var sample = new ContainerSample(Stopwatch.GetElapsedTime(0), cgroup, processes, NetworkOf(report.Pid));
            return runtime.State(container.Id).Pid == report.Pid && report.Pid != 0 ? sample : null;
        }
        catch (MiniRunException)
        {
            return null; // it ended in the middle of it
        }
    }

    /// <summary>Sums up a net/dev file (proc_pid_net(5)): the first number of a line is bytes received, the ninth bytes sent.</summary>
    internal static (ulong Received, ulong Sent) SumOf(string table)
    {
        (ulong received, ulong sent) = (0, 0);
        foreach (string line in table.Split('\n'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string[] numbers = colon < 0 ? [] : line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (numbers.Length >= 9 && !line.AsSpan(0, colon).Trim().SequenceEqual("lo"))
            {
                received += Number(numbers[0]);
                sent += Number(numbers[8]);
            }
        }

        return (received, sent);
    }

    private static (CgroupStatistics? Statistics, int? Processes) CgroupOf(Runtime.Lifecycle.Containers runtime, ContainerId id)
    {
        using ContainerWatch watch = runtime.Watch(id);
        CgroupStatistics statistics = watch.Statistics();
        return (statistics, statistics.Controllers.Contains("pids") ? (int)statistics.Pids.Current : runtime.Processes(id).Count);
    }

    private static (ulong Received, ulong Sent)? NetworkOf(int pid)
    {
        ulong? own = FileStatus.Of("/proc/self/ns/net")?.Inode;
        return FileStatus.Of($"/proc/{pid}/ns/net")?.Inode == own ? null : SumOf(HostFile.ReadText($"/proc/{pid}/net/dev", LargestTable));
    }

    private static ulong Number(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : 0;
}

using MiniRun.Engine.Containers;
using MiniRun.Engine.Inventory;
using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Runtime;

namespace MiniRun.Engine.Statistics;

/// <summary>`minirun stats`: what containers use, again and again.</summary>
public sealed class WatchUse(ContainerStore store, Runtime.Lifecycle.Containers runtime)
{
    /// <summary>By the controller that counts for them.</summary>
    private static readonly (string Controller, string Column)[] s_columns = [("memory", "MEM"), ("io", "BLOCK I/O")];

    private readonly CgroupHost _cgroups = CgroupHost.Detect();
    private readonly ulong _memory = (ulong)HostSummary.MemoryOfHost();
    private Dictionary<ContainerId, ContainerSample> _before = [];

    /// <summary>What is not known of any container here, and why, in a line; null where all is.</summary>
    public string? Unknown
    {
        get
        {
            List<string> missing = [];
            foreach ((string controller, string column) in s_columns)
            {
                if (!_cgroups.Controllers.Contains(controller))
                {
                    missing.Add($"{column} ({(_cgroups.V1Controllers.Contains(controller) ? "cgroup v1 has" : "there is no")} controller {controller})");
                }
            }

            return missing.Count == 0 ? null : $"not known of containers: {string.Join(", ", missing)}";
        }
    }

    /// <summary>The containers that run.</summary>
    /// <param name="all">Also those that do not.</param>
    public IReadOnlyList<ContainerSummary> Containers(bool all) => new ListContainers(store, runtime).List(all);

    /// <summary>The containers of these names.</summary>
    /// <exception cref="MiniRunException">There is no such container, in docker's words.</exception>
    public IReadOnlyList<ContainerSummary> Containers(IReadOnlyList<string> references) => [.. references.Select(new LookAtContainer(store, runtime).At)];

    /// <summary>The same containers anew; of one that is gone, what it was called.</summary>
    public IReadOnlyList<ContainerSummary> Again(IReadOnlyList<ContainerSummary> containers)
    {
        var look = new LookAtContainer(store, runtime);
        return [.. containers.Select(container => look.At(container.Id) is { Record: not null } present ? present : new ContainerSummary(container.Id, container.Record, ContainerPhase.Dead))];
    }

    /// <summary>What they use since the call before; at the first call the share of processor time is not known.</summary>
    public IReadOnlyList<ContainerUse> Next(IReadOnlyList<ContainerSummary> containers)
    {
        Dictionary<ContainerId, ContainerSample> now = [];
        List<ContainerUse> uses = [];
        foreach (ContainerSummary container in containers)
        {
            var sample = ContainerSample.Take(runtime, container);
            if (sample is not null)
            {
                now[container.Id] = sample;
            }

            uses.Add(ContainerUse.Of(container, _before.GetValueOrDefault(container.Id), sample, _memory));
        }

        _before = now;
        return uses;
    }
}

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

    /// <summary>The containers of these names, or all that run.</summary>
    /// <param name="references">None is all.</param>
    /// <param name="all">Of all also those that do not run.</param>
    /// <exception cref="MiniRunException">There is no such container, in docker's words.</exception>
    public IReadOnlyList<ContainerSummary> Containers(IReadOnlyList<string> references, bool all)
    {
        if (references.Count == 0)
        {
            return new ListContainers(store, runtime).List(all);
        }

        var look = new LookAtContainer(store, runtime);
        return [.. references.Select(look.At)];
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

            uses.Add(ContainerUse.Of(container, _before.GetValueOrDefault(container.Id), sample, _cgroups.Controllers, _memory));
        }

        _before = now;
        return uses;
    }
}

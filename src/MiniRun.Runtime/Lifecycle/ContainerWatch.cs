using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>What `events` looks at: a container's statistics, its OOM kills and its end.</summary>
public sealed class ContainerWatch : IDisposable
{
    private readonly Cgroup _cgroup;
    private readonly Pidfd _init;
    private readonly FileDescriptor? _memoryEvents;
    private readonly Poll _poll = new();
    private readonly int _end;
    private long _oomKills;

    private ContainerWatch(Cgroup cgroup, Pidfd init)
    {
        _cgroup = cgroup;
        _init = init;
        _end = _poll.Add(init.Descriptor);
        _memoryEvents = cgroup.OpenMemoryEvents();
        if (_memoryEvents is not null)
        {
            _poll.Add(_memoryEvents, Poll.Changed);
        }

        _oomKills = cgroup.OomKills;
    }

    internal static ContainerWatch Of(ContainerFolder folder)
    {
        ContainerState state = folder.RequireState();
        Pidfd init = state.Init?.Open() ?? throw new MiniRunException($"container with id {folder.Id} is not running");
        try
        {
            return new ContainerWatch(ContainerCgroup.Open(state, "watch"), init);
        }
        catch
        {
            init.Dispose();
            throw;
        }
    }

    /// <summary>The statistics of this moment.</summary>
    public CgroupStatistics Statistics() => CgroupStatistics.Read(_cgroup);

    /// <summary>Waits for the next thing to tell; the time is in milliseconds.</summary>
    public ContainerEvent Next(int milliseconds)
    {
        long deadline = Environment.TickCount64 + milliseconds;
        while (true)
        {
            long rest = Math.Max(0, deadline - Environment.TickCount64);
            int ready = _poll.Wait((int)Math.Min(rest, int.MaxValue));
            if (TakeOomKill())
            {
                return ContainerEvent.OomKill;
            }

            if (_poll.IsReadable(_end))
            {
                return ContainerEvent.End;
            }

            if (ready == 0)
            {
                return ContainerEvent.Interval;
            }
        }
    }

    public void Dispose()
    {
        _memoryEvents?.Dispose();
        _init.Dispose();
        _cgroup.Dispose();
    }

    private bool TakeOomKill()
    {
        long before = _oomKills;
        if (_memoryEvents is not null)
        {
            // Reading through this descriptor is also what arms it for the next change.
            _oomKills = Cgroup.OomKillsIn(_memoryEvents, before);
        }

        return _oomKills > before;
    }
}

using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>The container's cgroup: made, limited and opened before the container's first process exists, which starts in it.</summary>
internal sealed class CgroupSetup(LaunchJob job, Undo undo) : IDisposable
{
    private Cgroup? _cgroup;

    /// <exception cref="MiniRunException">It cannot be made, or something lives in it already.</exception>
    public void Create(string folder)
    {
        CgroupHost host = job.Cgroups ?? throw new InvalidOperationException("a plan with a cgroup needs the host's");
        List<CgroupWrite> writes = Writes();
        host.Check(writes);
        Cgroup cgroup = Cgroup.Create(host, CgroupFolder.PathOf(host, folder), CgroupHost.Needed(writes));
        _cgroup = cgroup;
        undo.Add(() => CgroupFolder.Remove(host, folder));
        if (cgroup.Populated)
        {
            undo.Forget();
            throw CgroupFolder.Taken(folder);
        }

        Faults.Point(FaultPoint.Cgroup);
    }

    public void Write(string file, string value)
    {
        _cgroup!.Write(new CgroupWrite(file, value));
        Faults.Point(FaultPoint.CgroupLimits);
    }

    public void AttachDevices(ReadOnlyMemory<byte> program)
    {
        DeviceFilter.Attach(_cgroup!, program.Span);
        Faults.Point(FaultPoint.CgroupLimits);
    }

    /// <summary>The folder to clone into: the one just made or, for a process that joins, the container's; null for none.</summary>
    public FileDescriptor? OpenForClone(string folder)
    {
        if (folder.Length == 0 || _cgroup is not null)
        {
            return _cgroup?.Directory.Duplicate();
        }

        CgroupHost host = job.Cgroups ?? throw new InvalidOperationException("a plan with a cgroup needs the host's");
        Cgroup joined = Cgroup.TryOpen(host, CgroupFolder.PathOf(host, folder)) ?? throw new LaunchException($"cgroup {folder} of the container is gone: start the container again");
        return joined.Directory;
    }

    public void Dispose() => _cgroup?.Dispose();

    private List<CgroupWrite> Writes()
    {
        List<CgroupWrite> writes = [];
        foreach (LaunchStep step in job.Plan.Steps)
        {
            if (step.Kind == StepKind.CgroupWrite)
            {
                writes.Add(new CgroupWrite(step.Text0, step.Text1));
            }
        }

        return writes;
    }
}

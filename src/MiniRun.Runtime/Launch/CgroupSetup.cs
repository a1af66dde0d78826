using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.DBus;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Linux.Systemd;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>The container's cgroup: made, limited and opened before the container's first process exists, which starts in it.</summary>
internal sealed class CgroupSetup(LaunchJob job, Undo undo) : IDisposable
{
    private Cgroup? _cgroup;
    private HolderProcess? _holder;

    private CgroupHost Host => job.Cgroups ?? throw new InvalidOperationException("a plan with a cgroup needs the host's");

    /// <exception cref="MiniRunException">It cannot be made, or something lives in it already.</exception>
    public void Create(string folder, string[] counting)
    {
        CgroupHost host = Host;
        List<CgroupWrite> writes = Writes();
        host.Check(writes);
        Cgroup cgroup = Cgroup.Create(host, CgroupFolder.PathOf(host, folder), CgroupHost.Needed(writes), counting);
        _cgroup = cgroup;
        undo.Add(() => CgroupFolder.Remove(host, folder, scope: null));
        if (cgroup.Populated)
        {
            undo.Forget();
            throw CgroupFolder.Taken(folder);
        }

        if (cgroup.Frozen)
        {
            throw CgroupFolder.Frozen(folder); // by one above it, if it is new
        }

        Faults.Point(FaultPoint.Cgroup);
    }

    /// <summary>Has systemd make it. A scope ends with its last process, so one that does nothing is in it until the container's first is.</summary>
    /// <exception cref="MiniRunException">systemd cannot be reached, refused, or made the cgroup elsewhere.</exception>
    public void StartScope(string folder, SystemdScope scope)
    {
        CgroupHost host = Host;
        List<CgroupWrite> writes = Writes();
        host.Check(writes);
        using SystemdManager manager = SystemdManager.Open(scope.User);
        UserManager.Enter(host, folder, scope);
        _holder = HolderProcess.Start(namespaces: 0);
        undo.Add(EndHolder);
        try
        {
            manager.StartScope(scope, _holder.Pid, $"minirun container {scope.Unit}", [.. UnitProperties.Of(writes), .. job.UnitProperties]);
        }
        catch (DBusException refused)
        {
            throw new LaunchException($"{refused.Message}: systemd made no scope: if the unit exists, choose another cgroupsPath or stop it (systemctl stop {scope.Unit})", refused);
        }
        catch (MiniRunException)
        {
            // Perhaps it is only late.
            RemoveScope();
            throw;
        }

        undo.Add(RemoveScope);
        Faults.Point(FaultPoint.Cgroup);
        RequirePlace(host, folder);
        _cgroup = Cgroup.Create(host, CgroupFolder.PathOf(host, folder), CgroupHost.Needed(writes));

        void RemoveScope()
        {
            EndHolder();
            CgroupFolder.Remove(host, folder, scope);
        }
    }

    /// <summary>The holder may go: the container's first process is in the cgroup.</summary>
    public void EndHolder() => _holder?.Dispose();

    /// <summary>Lets a user divide the cgroup further.</summary>
    public void GiveTo(uint uid) => _cgroup!.GiveTo(uid);

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

        Cgroup joined = CgroupFolder.TryOpen(Host, folder) ?? throw new LaunchException($"cgroup {folder} of the container is gone: start the container again");
        return joined.Directory;
    }

    public void Dispose()
    {
        EndHolder();
        _cgroup?.Dispose();
    }

    /// <summary>The state names the cgroup already, so that it is found after a crash; systemd must not have made another.</summary>
    private void RequirePlace(CgroupHost host, string folder)
    {
        string place = host.FolderOf(CgroupPath.Parse(CgroupHost.PathOf(_holder!.Pid)));
        if (place != folder)
        {
            throw new LaunchException($"systemd made the cgroup {place} where {folder} was expected: give a slice that is below its manager's own cgroup");
        }
    }

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

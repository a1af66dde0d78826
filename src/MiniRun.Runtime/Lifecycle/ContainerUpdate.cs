using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;
using MiniRun.Linux.Systemd;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>`update`: new limits for a container. What is not given stays; a refusal leaves what was.</summary>
internal static class ContainerUpdate
{
    /// <exception cref="MiniRunException">It has stopped, has no cgroup, or a limit cannot be had here.</exception>
    public static void Update(ContainerFolder folder, ResourcesSpec resources, IntelRdtSpec? rdt)
    {
        SpecValidator.Check(resources);
        if (rdt is not null)
        {
            SpecValidator.Check(rdt);
        }

        using FileLock held = folder.Lock();
        ContainerState state = folder.RequireState();
        if (ContainerInspection.StatusOf(folder, state) is ContainerStatus.Stopped or ContainerStatus.Creating)
        {
            throw new MiniRunException($"cannot update container {folder.Id}: container not running");
        }

        List<CgroupWrite> writes = Writes(resources);
        if (rdt is null)
        {
            UpdateCgroup(state, resources, writes);
            return;
        }

        string before = ContainerResctrl.Update(state, rdt.SchemataToWrite());
        if (writes.Count == 0 && resources.Devices.Count == 0)
        {
            return; // nothing that takes a cgroup
        }

        try
        {
            UpdateCgroup(state, resources, writes);
        }
        catch (MiniRunException)
        {
            ContainerResctrl.Restore(state, before);
            throw;
        }
    }

    private static void UpdateCgroup(ContainerState state, ResourcesSpec resources, List<CgroupWrite> writes)
    {
        CgroupHost host = CgroupHost.Detect();
        host.Check(writes);
        using Cgroup present = ContainerCgroup.Open(state, "update");
        RequireRoom(present, resources.Memory);
        using Cgroup cgroup = Cgroup.Create(host, present.Path, CgroupHost.Needed(writes));
        Apply(cgroup, writes, state.Scope);
        if (resources.Devices.Count > 0)
        {
            DeviceFilter.Replace(cgroup, DeviceProgram.Compile(DeviceAllowance.RulesOf(resources.Devices)));
        }
    }

    /// <summary>systemd is told first, since it then writes to all files what it knows; its CPU quota, which it rounds, is written anew in any case.</summary>
    private static void Apply(Cgroup cgroup, List<CgroupWrite> writes, SystemdScope? scope)
    {
        IReadOnlyList<UnitProperty> properties = scope is null ? [] : UnitProperties.Of(WithPeriod(cgroup, writes));
        if (properties.Count == 0)
        {
            CgroupChange.Apply(cgroup, writes);
            return;
        }

        IReadOnlyList<CgroupWrite> before = CgroupChange.Present(cgroup, [new("cpu.max", ""), .. writes]);
        using SystemdManager manager = SystemdManager.Open(scope!.User);
        manager.SetProperties(scope.Unit, properties);
        try
        {
            CgroupChange.Apply(cgroup, [.. before, .. writes]);
        }
        catch (MiniRunException)
        {
            TakeBack(cgroup, before, manager, scope.Unit);
            throw;
        }
    }

    /// <summary>The files even where systemd refuses or does not answer: the failure that is reported is the first.</summary>
    private static void TakeBack(Cgroup cgroup, IReadOnlyList<CgroupWrite> before, SystemdManager manager, string unit)
    {
        try
        {
            manager.SetProperties(unit, UnitProperties.Of(before));
        }
        catch (MiniRunException)
        {
        }

        try
        {
            CgroupChange.Apply(cgroup, before);
        }
        catch (MiniRunException)
        {
        }
    }

    /// <summary>A quota without a period is one of the present period.</summary>
    private static List<CgroupWrite> WithPeriod(Cgroup cgroup, List<CgroupWrite> writes) => writes.ConvertAll(write =>
        write.File == "cpu.max" && !write.Value.Contains(' ', StringComparison.Ordinal) && cgroup.TryRead("cpu.max")?.Split([' ', '\n']) is [_, var period, ..]
            ? write with { Value = $"{write.Value} {period}" }
            : write);

    private static List<CgroupWrite> Writes(ResourcesSpec resources)
    {
        bool bfq = resources.BlockIo is not null && CgroupHost.WeighsWithBfq();
        List<CgroupWrite> writes = [];
        foreach (CgroupSetting setting in CgroupSettings.Of(resources, bfq))
        {
            writes.Add(setting.Write);
        }

        return writes;
    }

    /// <summary>memory.checkBeforeUpdate: a limit below what is in use would kill.</summary>
    private static void RequireRoom(Cgroup cgroup, MemorySpec? memory)
    {
        if (memory is { CheckBeforeUpdate: true, Limit: > 0 and { } limit } && cgroup.MemoryInUse is { } used && used > limit)
        {
            throw new MiniRunException($"memory.limit {limit}: the container uses {used} bytes, and memory.checkBeforeUpdate forbids a limit below that");
        }
    }
}

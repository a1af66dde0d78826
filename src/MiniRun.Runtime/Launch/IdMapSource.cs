using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>The user namespace that stands for the plan's mapping, for idmapped mounts; made at the first use, because most containers need none.</summary>
internal sealed class IdMapSource(LaunchPlan plan) : IDisposable
{
    private FileDescriptor? _namespace;

    public FileDescriptor Namespace => _namespace ??= UserNamespaceFd.Create(MountIdMap.Lines(plan.UidMappings), MountIdMap.Lines(plan.GidMappings));

    /// <summary>The host's ids of root inside.</summary>
    public (uint Uid, uint Gid) Root => (new IdTranslation(plan.UidMappings).ToHost(0), new IdTranslation(plan.GidMappings).ToHost(0));

    public void Dispose()
    {
        _namespace?.Dispose();
        _namespace = null;
    }
}

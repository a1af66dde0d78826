using MiniRun.Linux.Capabilities;
using MiniRun.Linux.Processes;

namespace MiniRun.Runtime.Tests;

/// <summary>A test of mounts that hang nowhere: nobody else sees them, but making them takes CAP_SYS_ADMIN.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        CapabilitySet held = new(ProcessStatus.ReadSelf().Effective);
        Skip = held.Contains(Capability.CAP_SYS_ADMIN) ? null : "needs CAP_SYS_ADMIN";
    }
}

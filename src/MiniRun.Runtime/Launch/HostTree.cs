using MiniRun.Linux.Interop;
using MiniRun.Linux.Mounts;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Launch;

/// <summary>A detached clone of what is mounted at a path of the host: the root, a bind mount's source.</summary>
internal static class HostTree
{
    public static FileDescriptor Open(LaunchStep step, IdMapSource mapping)
    {
        FileDescriptor clone = DetachedMount.Clone(step.Text0, recursive: step.Argument0 == 1);
        if (step.Argument1 != 1)
        {
            return clone;
        }

        try
        {
            DetachedMount.MapIds(clone, mapping.Namespace, recursive: step.Argument0 == 1);
            return clone;
        }
        catch
        {
            clone.Dispose();
            throw;
        }
    }
}

using MiniRun.Linux.Interop;
using MiniRun.Linux.Mounts;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Launch;

/// <summary>A detached clone of what is mounted at a path of the host: the root, a bind mount's source.</summary>
internal static class HostTree
{
    public static FileDescriptor Open(LaunchStep step, IdMapSource mapping)
    {
        FileDescriptor clone = DetachedMount.Clone(step.Text0, recursive: step.Argument0 == 1);
        if ((IdMapOrigin)step.Argument1 == IdMapOrigin.None)
        {
            return clone;
        }

        try
        {
            using FileDescriptor? own = OwnNamespace(step);
            MapIds(clone, own ?? mapping.Namespace, step);
            return clone;
        }
        catch
        {
            clone.Dispose();
            throw;
        }
    }

    /// <summary>A user namespace for this mount alone; null where the plan's is meant.</summary>
    private static FileDescriptor? OwnNamespace(LaunchStep step) => (IdMapOrigin)step.Argument1 switch
    {
        IdMapOrigin.Own => UserNamespaceFd.Create(step.Text1, step.Text2),
        IdMapOrigin.JoinedNamespace => HostNamespace.Open(step.Text1, NamespaceType.User),
        _ => null,
    };

    private static void MapIds(FileDescriptor clone, FileDescriptor userNamespace, LaunchStep step)
    {
        try
        {
            DetachedMount.MapIds(clone, userNamespace, recursive: step.Argument2 == 1);
        }
        catch (SyscallException e) when (e.Errno == Errno.EINVAL)
        {
            throw new LaunchException($"mount_setattr {step.Text0} IDMAP: {e.Errno.Reason()}: its file system{(step.Argument2 == 1 ? ", or one mounted below it," : "")} cannot be id-mapped (overlayfs never, tmpfs since Linux 6.3): use another file system, or remove the mapping", e);
        }
    }
}

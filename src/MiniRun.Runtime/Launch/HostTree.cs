using System.Text;
using MiniRun.Linux.Files;
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
        FileDescriptor clone = Clone(step);
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

    private static FileDescriptor Clone(LaunchStep step)
    {
        bool recursive = step.Argument0 == 1;
        if (step.Blob.IsEmpty)
        {
            if (step.Argument3 != 1)
            {
                return DetachedMount.Clone(step.Text0, recursive);
            }

            using FileDescriptor source = ResolvedPath.Open(step.Text0);
            return DetachedMount.Clone(source, "", recursive);
        }

        // A volume's contents are a container's: a link there leads to where it leads inside, and what was found is mounted by descriptor (CVE-2021-30465).
        using FileDescriptor volume = step.Argument3 == 1 ? ResolvedPath.Open(step.Text0) : HostFile.Open(step.Text0, OpenFlags.O_PATH | OpenFlags.O_DIRECTORY);
        string subpath = Encoding.UTF8.GetString(step.Blob.Span);
        using FileDescriptor? found = RootedPath.TryOpen(volume, subpath, OpenFlags.O_PATH, out Errno error);
        return found is null
            ? throw new LaunchException($"cannot access path {step.Text0}/{subpath}: {error.Reason()}: volume-subpath must be there before the container is started")
            : DetachedMount.Clone(found, "", recursive);
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

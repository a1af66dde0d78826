using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>`pause` and `resume`: all processes of a container's cgroup stopped and let go (cgroup.freeze).</summary>
internal static class ContainerFreeze
{
    /// <exception cref="MiniRunException">It does not run, or has no cgroup.</exception>
    public static void Pause(ContainerFolder folder)
    {
        using FileLock held = folder.Lock();
        using Cgroup cgroup = Open(folder, "pause", static status => status is ContainerStatus.Running or ContainerStatus.Created, "container not running");
        cgroup.Freeze();
    }

    /// <exception cref="MiniRunException">It is not paused.</exception>
    public static void Resume(ContainerFolder folder)
    {
        using FileLock held = folder.Lock();
        using Cgroup cgroup = Open(folder, "resume", static status => status == ContainerStatus.Paused, "container not paused");
        cgroup.Thaw();
    }

    private static Cgroup Open(ContainerFolder folder, string verb, Predicate<ContainerStatus> isAllowed, string refusal)
    {
        ContainerState state = folder.RequireState();
        ContainerStatus status = ContainerInspection.StatusOf(folder, state);
        if (!isAllowed(status))
        {
            throw new MiniRunException($"cannot {verb} container {folder.Id}: {refusal}: it is {status.Word()}");
        }

        return ContainerCgroup.Open(state, verb);
    }
}

using MiniRun.Linux.Mounts;

namespace MiniRun.Runtime.Launch;

/// <summary>Runs an act in a mount namespace of its own, which vanishes with its thread: unshare(CLONE_NEWNS) concerns one thread only.</summary>
internal static class PrivateMountNamespace
{
    public static T Run<T>(Func<T> act)
        where T : class => SeparateThread.Run(() =>
        {
            MountNamespace.UnsharePrivate();
            return act();
        });
}

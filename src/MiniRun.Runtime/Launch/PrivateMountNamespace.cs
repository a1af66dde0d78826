using MiniRun.Linux.Mounts;

namespace MiniRun.Runtime.Launch;

/// <summary>Runs an act in a mount namespace of its own, which vanishes with its thread: unshare(CLONE_NEWNS) concerns one thread only.</summary>
internal static class PrivateMountNamespace
{
    public static T Run<T>(Func<T> act)
        where T : class
    {
        T? result = null;
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                MountNamespace.UnsharePrivate();
                result = act();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        return result!;
    }
}

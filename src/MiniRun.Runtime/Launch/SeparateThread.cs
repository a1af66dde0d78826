namespace MiniRun.Runtime.Launch;

/// <summary>Runs an act on a thread that ends with it: namespaces are entered by threads, and this one never comes back to other work.</summary>
internal static class SeparateThread
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

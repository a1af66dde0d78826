using System.Diagnostics;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>Waits for what another process is about to do.</summary>
public static class Eventually
{
    /// <summary>Checks every 10 ms until the condition holds; fails with the message after ten seconds.</summary>
    public static void True(Func<bool> condition, Func<string> message)
    {
        Assert.True(Within(TimeSpan.FromSeconds(10), condition), message());
    }

    /// <summary>Whether the condition comes to hold within the time.</summary>
    public static bool Within(TimeSpan time, Func<bool> condition)
    {
        long started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > time)
            {
                return false;
            }

            Thread.Sleep(10);
        }

        return true;
    }
}

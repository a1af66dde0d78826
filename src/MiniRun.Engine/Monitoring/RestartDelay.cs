namespace MiniRun.Engine.Monitoring;

/// <summary>How long a monitor waits before it starts a program again: docker's 100 ms, doubled each time up to a minute, and from the beginning after a run of ten seconds.</summary>
internal sealed class RestartDelay(int next = RestartDelay.Shortest)
{
    internal const int Shortest = 100;
    private const int Longest = 60_000;
    private const long GoodRun = 10_000;

    /// <summary>The next one, if the program ends soon.</summary>
    internal int Coming { get; private set; } = next;

    /// <summary>The milliseconds to wait.</summary>
    /// <param name="ran">How long the program ran, in milliseconds.</param>
    internal int Next(long ran)
    {
        if (ran >= GoodRun)
        {
            Coming = Shortest;
        }

        int delay = Coming;
        Coming = Math.Min(Coming * 2, Longest);
        return delay;
    }
}

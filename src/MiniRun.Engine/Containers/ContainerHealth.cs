namespace MiniRun.Engine.Containers;

/// <summary>What the checks of a container's health have found.</summary>
public sealed record ContainerHealth
{
    /// <summary>docker keeps so many results.</summary>
    public const int MostResults = 5;

    /// <summary>"starting", "healthy" or "unhealthy".</summary>
    public string Status { get; init; } = "starting";

    /// <summary>How many checks in a row have failed by now.</summary>
    public int FailingStreak { get; init; }

    /// <summary>The last ones, oldest first.</summary>
    public IReadOnlyList<HealthResult> Log { get; init; } = [];

    /// <summary>What is known after one more check.</summary>
    /// <param name="result">How it went.</param>
    /// <param name="retries">Failures in a row that make a container unhealthy.</param>
    /// <param name="starting">Whether failures do not count yet.</param>
    public ContainerHealth After(HealthResult result, int retries, bool starting)
    {
        List<HealthResult> log = [.. Log, result];
        if (log.Count > MostResults)
        {
            log.RemoveAt(0);
        }

        if (result.ExitCode == 0)
        {
            return new ContainerHealth { Status = "healthy", Log = log };
        }

        // As docker: in the start period a failure counts only once a check has succeeded.
        int streak = starting && Status == "starting" ? FailingStreak : FailingStreak + 1;
        return new ContainerHealth { Status = streak >= retries ? "unhealthy" : Status, FailingStreak = streak, Log = log };
    }
}

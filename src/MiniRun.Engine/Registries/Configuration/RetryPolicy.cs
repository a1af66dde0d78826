using System.Security.Cryptography;

namespace MiniRun.Engine.Registries.Configuration;

/// <summary>How often and after which pauses a request is made again that failed for what may pass: a dropped connection, 429, 5xx.</summary>
public sealed record RetryPolicy
{
    /// <summary>Requests in all.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The first pause; each further one is twice as long, and a part of each is left to chance so that clients do not come back all at once.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause; a registry that asks for a longer one (Retry-After) is not waited for.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause before the next attempt; null where there is none.</summary>
    /// <param name="failures">How many attempts have failed.</param>
    /// <param name="asked">What the registry asked for.</param>
    internal TimeSpan? Pause(int failures, TimeSpan? asked)
    {
        if (failures >= Attempts || asked > LongestPause)
        {
            return null;
        }

        TimeSpan pause = FirstPause * Math.Pow(2, failures - 1) * (0.5 + (RandomNumberGenerator.GetInt32(1000) / 2000.0));
        pause = pause > LongestPause ? LongestPause : pause;
        return asked > pause ? asked : pause;
    }
}

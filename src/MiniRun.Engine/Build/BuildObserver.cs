namespace MiniRun.Engine.Build;

/// <summary>Whom a build tells what happens; null is nobody.</summary>
public sealed record BuildObserver
{
    /// <summary>A step begins.</summary>
    public Action<BuildStep>? Started { get; init; }

    /// <summary>A step has ended; its layer came from the cache or was made.</summary>
    public Action<BuildStep, BuildStepOutcome>? Ended { get; init; }

    /// <summary>Something the user should know, in a sentence.</summary>
    public Action<string>? Remark { get; init; }
}

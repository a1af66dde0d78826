namespace MiniRun.Engine.Build;

/// <summary>How a step of a build ended.</summary>
public enum BuildStepOutcome
{
    /// <summary>It changed the configuration, or made a layer.</summary>
    Done,

    /// <summary>Its layer was there from an earlier build.</summary>
    Cached,
}

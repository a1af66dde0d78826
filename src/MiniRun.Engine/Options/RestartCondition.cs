namespace MiniRun.Engine.Options;

/// <summary>When a program is started again after its end.</summary>
public enum RestartCondition
{
    No,

    /// <summary>After an exit status other than 0.</summary>
    OnFailure,

    /// <summary>Unless it was stopped by hand.</summary>
    Always,

    /// <summary>As Always; of a host that boots, docker's daemon would start it only if it was not stopped by hand.</summary>
    UnlessStopped,
}

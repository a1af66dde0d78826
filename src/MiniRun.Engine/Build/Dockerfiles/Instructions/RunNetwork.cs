namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>RUN --network.</summary>
public enum RunNetwork
{
    /// <summary>The build's own (`build --network`).</summary>
    Default,

    /// <summary>Loopback alone.</summary>
    None,

    Host,
}

namespace MiniRun.Engine.Images;

/// <summary>When `run` asks a registry for its image: --pull.</summary>
public enum PullPolicy
{
    /// <summary>Where it is not here.</summary>
    Missing,

    /// <summary>Every time, as its name may stand for another image by now.</summary>
    Always,

    Never,
}

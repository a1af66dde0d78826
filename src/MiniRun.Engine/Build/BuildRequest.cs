using MiniRun.Engine.Build.Contexts;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Options;

namespace MiniRun.Engine.Build;

/// <summary>Everything `minirun build` was asked, parsed.</summary>
public sealed record BuildRequest
{
    public required ContextRequest Context { get; init; }

    /// <summary>-t: the names of the image; none leaves it with its id alone.</summary>
    public IReadOnlyList<ImageReference> Names { get; init; } = [];

    /// <summary>--build-arg, the proxies of the caller's environment among them.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>--target: the stage to build, by name or number; null is the last.</summary>
    public string? Target { get; init; }

    /// <summary>--no-cache: every step is carried out.</summary>
    public bool NoCache { get; init; }

    /// <summary>--pull: images are asked for at their registry although they are here.</summary>
    public bool Pull { get; init; }

    /// <summary>-q: what programs write is shown only where they fail.</summary>
    public bool Quiet { get; init; }

    /// <summary>--network: the host's, or none.</summary>
    public NamespaceChoice Network { get; init; } = NamespaceChoice.Host;

    /// <summary>--label, which come after those of the Dockerfile.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>--platform; null is this machine's.</summary>
    public Platform? Platform { get; init; }

    /// <summary>SOURCE_DATE_EPOCH: the latest time that anything in the image says, so that the same build gives the same image.</summary>
    public DateTimeOffset? LatestTime { get; init; }
}

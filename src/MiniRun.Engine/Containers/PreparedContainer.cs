using MiniRun.Engine.Bundles;
using MiniRun.Engine.Images;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Containers;

/// <summary>A container of which everything is decided and nothing made yet.</summary>
internal sealed record PreparedContainer
{
    internal required RunRequest Request { get; init; }

    internal required Image Image { get; init; }

    /// <summary>Why the image is copied instead of overlaid, in a sentence; null where it is not.</summary>
    internal string? WhyCopied { get; init; }

    /// <summary>What the volumes and images among the mounts are on this host, by destination.</summary>
    internal required IReadOnlyDictionary<string, MountSource> Sources { get; init; }

    /// <summary>The seccomp profile that --security-opt names, as it is in force; null for none.</summary>
    internal byte[]? SeccompFile { get; init; }

    internal required Bundle Bundle { get; init; }

    /// <summary>What the runtime is asked for.</summary>
    internal required CreateRequest Create { get; init; }

    /// <summary>The name the container sees as its own.</summary>
    internal required string Hostname { get; init; }
}

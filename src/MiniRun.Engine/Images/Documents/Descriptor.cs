using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Images.Documents;

/// <summary>Says which contents are meant: type, digest and size in bytes (image-spec, descriptor.md).</summary>
public sealed record Descriptor(string MediaType, Digest Digest, long Size)
{
    /// <summary>Of a manifest in an index.</summary>
    public Platform? Platform { get; init; }

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;
}

using System.Security.Cryptography;
using MiniRun.Engine.Layers.Tar;

namespace MiniRun.Engine.Layers;

/// <summary>How a layer is unpacked.</summary>
public sealed record UnpackOptions
{
    public LayerMode Mode { get; init; } = LayerMode.Overlay;

    public OverlayAttributes OverlayAttributes { get; init; } = OverlayAttributes.Trusted;

    public Ownership Ownership { get; init; } = Ownership.AsRecorded;

    /// <summary>The function that the layer is known by: an image's configuration may use SHA-512 (image-spec, descriptor.md).</summary>
    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>Whether folders that are there already stay whose they are.</summary>
    public bool KeepsFolderOwners { get; init; }

    public TarLimits Limits { get; init; } = new();
}

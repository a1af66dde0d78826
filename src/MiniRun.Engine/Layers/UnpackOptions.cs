using MiniRun.Engine.Layers.Tar;

namespace MiniRun.Engine.Layers;

/// <summary>How a layer is unpacked.</summary>
public sealed record UnpackOptions
{
    public LayerMode Mode { get; init; } = LayerMode.Overlay;

    public OverlayAttributes OverlayAttributes { get; init; } = OverlayAttributes.Trusted;

    public Ownership Ownership { get; init; } = Ownership.AsRecorded;

    public TarLimits Limits { get; init; } = new();
}

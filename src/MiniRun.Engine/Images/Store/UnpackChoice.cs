using MiniRun.Engine.Layers;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Images.Store;

/// <summary>How this process can unpack layers: root as they are; root of a user namespace with the attributes overlayfs believes there; others as their own files.</summary>
internal static class UnpackChoice
{
    internal static UnpackOptions ForOverlay() => new()
    {
        Mode = LayerMode.Overlay,
        Ownership = Owners,
        OverlayAttributes = OverlayMarks.Believed,
    };

    internal static UnpackOptions ForCopy() => new() { Mode = LayerMode.Flat, Ownership = Owners };

    private static Ownership Owners => CurrentProcess.EffectiveUid == 0 ? Ownership.AsRecorded : Ownership.Squash;
}

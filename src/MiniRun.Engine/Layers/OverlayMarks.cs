using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Layers;

/// <summary>
/// The extended attributes that overlayfs keeps for itself. It believes one of two kinds, and the other it takes for its user's own: in an
/// overlay that believes trusted.overlay.* a container sets user.overlay.* on its files as it likes, and it means nothing.
/// </summary>
internal static class OverlayMarks
{
    /// <summary>Those that this process's overlays believe: root's, but in a user namespace, and that of a container without root, are mounted with userxattr.</summary>
    internal static OverlayAttributes Believed { get; } =
        CurrentProcess.EffectiveUid == 0 && CurrentProcess.IsInInitialUserNamespace() ? OverlayAttributes.Trusted : OverlayAttributes.User;

    internal static ReadOnlySpan<byte> Prefix(OverlayAttributes attributes) => attributes == OverlayAttributes.Trusted ? "trusted.overlay."u8 : "user.overlay."u8;

    internal static ReadOnlySpan<byte> Opaque(OverlayAttributes attributes) =>
        attributes == OverlayAttributes.Trusted ? "trusted.overlay.opaque"u8 : "user.overlay.opaque"u8;

    internal static ReadOnlySpan<byte> Whiteout(OverlayAttributes attributes) =>
        attributes == OverlayAttributes.Trusted ? "trusted.overlay.whiteout"u8 : "user.overlay.whiteout"u8;

    /// <summary>Whether a folder of a layer, or of what a container has written, hides all that is below it.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal static bool IsOpaque(FileDescriptor folder) => FileMetadata.Attribute(folder, Opaque(Believed)) is [(byte)'y'];
}

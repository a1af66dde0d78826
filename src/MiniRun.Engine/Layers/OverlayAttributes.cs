namespace MiniRun.Engine.Layers;

/// <summary>Which extended attributes overlayfs is told to believe.</summary>
public enum OverlayAttributes
{
    /// <summary>trusted.overlay.*: for root in the initial user namespace.</summary>
    Trusted,

    /// <summary>user.overlay.*: for overlays mounted in a user namespace, with the option userxattr.</summary>
    User,
}

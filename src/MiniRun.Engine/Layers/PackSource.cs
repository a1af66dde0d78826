namespace MiniRun.Engine.Layers;

/// <summary>What a folder that is packed is.</summary>
public enum PackSource
{
    /// <summary>Files and folders as they are.</summary>
    Tree,

    /// <summary>The upper folder of an overlay: what it hides of the layers below becomes whiteouts.</summary>
    OverlayUpper,

    /// <summary>Files in use: what vanishes while it is read is left out, and file systems of the kernel's (/proc, /sys) are not entered.</summary>
    InUse,
}

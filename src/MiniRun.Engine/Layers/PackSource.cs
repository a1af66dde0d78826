namespace MiniRun.Engine.Layers;

/// <summary>What a folder that is packed is.</summary>
public enum PackSource
{
    /// <summary>Files and folders as they are.</summary>
    Tree,

    /// <summary>The upper folder of an overlay: what it hides of the layers below becomes whiteouts.</summary>
    OverlayUpper,
}

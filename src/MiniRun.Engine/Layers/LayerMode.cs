namespace MiniRun.Engine.Layers;

/// <summary>What a layer is unpacked into.</summary>
public enum LayerMode
{
    /// <summary>An empty folder that becomes one layer of an overlay: deletions are kept in overlayfs's own form.</summary>
    Overlay,

    /// <summary>A root file system that holds the layers below already: deletions are carried out.</summary>
    Flat,

    /// <summary>Files in use, which people and containers share: every name means itself, and a folder and what is none do not replace each other.</summary>
    InUse,
}

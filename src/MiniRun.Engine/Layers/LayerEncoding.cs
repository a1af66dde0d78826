namespace MiniRun.Engine.Layers;

/// <summary>How a layer's tar is compressed.</summary>
public enum LayerEncoding
{
    Plain,
    Gzip,
    Zstd,
}

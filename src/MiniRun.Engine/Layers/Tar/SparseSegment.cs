namespace MiniRun.Engine.Layers.Tar;

/// <summary>A run of data in a file with holes, in bytes.</summary>
internal readonly record struct SparseSegment(long Offset, long Length);

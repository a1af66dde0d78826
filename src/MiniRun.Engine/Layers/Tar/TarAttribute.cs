namespace MiniRun.Engine.Layers.Tar;

/// <summary>An extended attribute of an entry (PAX record SCHILY.xattr.NAME). Both are bytes: file capabilities are no text.</summary>
internal readonly record struct TarAttribute(byte[] Name, byte[] Value);

namespace MiniRun.Linux.Users;

/// <summary>Ids that a user may map into their user namespaces: the first, and how many.</summary>
public readonly record struct SubordinateRange(uint Start, uint Count);

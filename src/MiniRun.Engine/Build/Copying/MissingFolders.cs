namespace MiniRun.Engine.Build.Copying;

/// <summary>How folders that a path needs and that are missing are made; without it they are an error.</summary>
public sealed record MissingFolders(uint Uid, uint Gid, uint Mode = MissingFolders.Traversable)
{
    private const uint Traversable = 0x1ed; // 0755
}

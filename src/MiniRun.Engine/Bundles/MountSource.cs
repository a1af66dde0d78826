namespace MiniRun.Engine.Bundles;

/// <summary>What a mount that names no path of the host was found to be.</summary>
public abstract record MountSource
{
    private MountSource()
    {
    }

    /// <summary>A volume's folder.</summary>
    /// <param name="Path">On the host, absolute.</param>
    /// <param name="IsOwn">Whether minirun keeps it, where nobody else can reach it; else it is a folder the volume's options name.</param>
    public sealed record Folder(string Path, bool IsOwn) : MountSource;

    /// <summary>A volume in memory, anew for each container.</summary>
    public sealed record Memory(IReadOnlyList<string> Options) : MountSource;

    /// <summary>An image's layers, topmost first; absolute.</summary>
    public sealed record Layers(IReadOnlyList<string> Paths) : MountSource;
}

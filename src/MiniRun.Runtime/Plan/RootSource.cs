namespace MiniRun.Runtime.Plan;

/// <summary>Where the container's root comes from: a folder as it is, or layers that are never written.</summary>
public abstract record RootSource
{
    private RootSource()
    {
    }

    /// <summary>The folder itself is the root (an OCI bundle's rootfs). Path is absolute.</summary>
    public sealed record Folder(string Path) : RootSource;

    /// <summary>An overlay: Lower topmost first, all writes go to Upper. All paths are absolute.</summary>
    public sealed record Overlay(IReadOnlyList<string> Lower, string Upper, string Work) : RootSource;
}

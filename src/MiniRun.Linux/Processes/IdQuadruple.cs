namespace MiniRun.Linux.Processes;

/// <summary>The four ids a process has of a kind (credentials(7)).</summary>
public readonly record struct IdQuadruple(uint Real, uint Effective, uint Saved, uint FileSystem)
{
    /// <summary>Whether all four are one id.</summary>
    public bool AllAre(uint id) => Real == id && Effective == id && Saved == id && FileSystem == id;
}

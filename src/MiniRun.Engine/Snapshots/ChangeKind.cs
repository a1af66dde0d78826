namespace MiniRun.Engine.Snapshots;

/// <summary>What has become of a file since its container was made; docker's letters are their first: A, C and D.</summary>
public enum ChangeKind
{
    Added,
    Changed,
    Deleted,
}

namespace MiniRun.Engine.Inventory;

/// <summary>One line of `system df`; sizes are bytes.</summary>
public sealed record DiskUsageLine(string Type, int Total, int Active, long Size, long Reclaimable);

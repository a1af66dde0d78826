namespace MiniRun.Linux.Cgroups;

/// <summary>A block device by its numbers, written "8:0".</summary>
public readonly record struct BlockDevice(long Major, long Minor)
{
    public override string ToString() => Number.Text(Major) + ":" + Number.Text(Minor);
}

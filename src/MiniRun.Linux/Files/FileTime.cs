namespace MiniRun.Linux.Files;

/// <summary>A moment as file systems keep it: seconds since 1970, negative before, and nanoseconds from 0 to 999,999,999 added to them.</summary>
public readonly record struct FileTime(long Seconds, uint Nanoseconds);

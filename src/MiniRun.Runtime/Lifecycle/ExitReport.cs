namespace MiniRun.Runtime.Lifecycle;

/// <summary>How a program ended.</summary>
/// <param name="Status">Its exit status, or 128 + the signal's number.</param>
/// <param name="Signal">The signal that ended it, or null.</param>
/// <param name="OutOfMemory">Whether the kernel killed a process of the container because its memory limit was reached.</param>
public readonly record struct ExitReport(int Status, int? Signal = null, bool OutOfMemory = false)
{
    /// <summary>Of a program left running.</summary>
    public static ExitReport Detached => new(0) { RunsOn = true };

    /// <summary>Whether it has not ended at all.</summary>
    public bool RunsOn { get; private init; }
}

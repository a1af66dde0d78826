namespace MiniRun.Linux.Processes;

/// <summary>How a process ended: with an exit status, or by a signal.</summary>
public readonly record struct ProcessExit(int Status, bool Signaled)
{
    /// <summary>The status as shells and docker show it: a signal is 128 + its number.</summary>
    public int ShellStatus => Signaled ? 128 + Status : Status;
}

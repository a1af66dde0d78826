namespace MiniRun.Linux.Processes;

/// <summary>A child just started: its number, valid until it is reaped, and its descriptor.</summary>
public sealed record SpawnedProcess(int Pid, Pidfd Process) : IDisposable
{
    public void Dispose() => Process.Dispose();
}

namespace MiniRun.Engine.Monitoring;

/// <summary>How the program is asked to end.</summary>
/// <param name="Signal">The signal's number.</param>
/// <param name="Seconds">The seconds it has then, before SIGKILL; -1 is for ever.</param>
internal readonly record struct StopTerms(int Signal, int Seconds);

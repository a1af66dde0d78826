namespace MiniRun.Linux.Processes;

/// <summary>How a helper program ended: its exit status, 128 + n for signal n, and what it wrote to standard output.</summary>
public sealed record HelperAnswer(int Status, byte[] Output);

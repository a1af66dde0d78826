namespace MiniRun.Runtime.Spec;

/// <summary>Rows and columns of the terminal.</summary>
public sealed record ConsoleSize(uint Height, uint Width);

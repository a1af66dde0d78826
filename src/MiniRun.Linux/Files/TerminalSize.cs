namespace MiniRun.Linux.Files;

/// <summary>A terminal's size in characters; 0 × 0 where nobody set it.</summary>
public readonly record struct TerminalSize(ushort Rows, ushort Columns);

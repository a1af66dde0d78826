using MiniRun.Linux.Interop;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>How the caller leaves a program that has a terminal, and does not end it.</summary>
/// <param name="Keys">What is typed for it, as bytes.</param>
/// <param name="Keep">Has somebody else keep the terminal's master: the program would be hung up on without one.</param>
public sealed record TerminalLeaving(IReadOnlyList<byte> Keys, Action<FileDescriptor> Keep);

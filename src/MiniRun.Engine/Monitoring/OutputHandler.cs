namespace MiniRun.Engine.Monitoring;

/// <summary>Gets a piece of a program's output.</summary>
/// <param name="message">One byte of room, and the output behind it.</param>
/// <param name="stream">Output or ErrorOutput.</param>
internal delegate void OutputHandler(Span<byte> message, AttachedStreams stream);

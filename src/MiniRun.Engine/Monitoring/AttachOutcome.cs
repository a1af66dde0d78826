using MiniRun.Engine.Containers;

namespace MiniRun.Engine.Monitoring;

/// <summary>How an attachment ended.</summary>
/// <param name="Program">How the program ended; null where it runs on.</param>
/// <param name="Detached">Whether the detach keys were typed; else, without an end of the program, the monitor has died.</param>
public readonly record struct AttachOutcome(RunOutcome? Program, bool Detached);

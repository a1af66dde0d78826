using MiniRun.Runtime;

namespace MiniRun.Engine.Containers;

/// <summary>A container as `ps` shows it. Record is null where it was made by half, or its record is damaged.</summary>
public sealed record ContainerSummary(ContainerId Id, ContainerRecord? Record, bool Running);

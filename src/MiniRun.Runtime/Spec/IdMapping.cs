namespace MiniRun.Runtime.Spec;

/// <summary>A range of ids: inside, outside and how many.</summary>
public sealed record IdMapping(uint ContainerId, uint HostId, uint Size);

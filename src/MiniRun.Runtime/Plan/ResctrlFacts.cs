namespace MiniRun.Runtime.Plan;

/// <summary>The host's resctrl file system and what it has of the groups a container asks for.</summary>
/// <param name="MountPoint">Where it is mounted.</param>
/// <param name="Schemata">The schemata of the class of service; null where there is no such class yet.</param>
/// <param name="HasMonitoring">Whether a monitoring group of the container's name is in the class already.</param>
public sealed record ResctrlFacts(string MountPoint, string? Schemata = null, bool HasMonitoring = false);

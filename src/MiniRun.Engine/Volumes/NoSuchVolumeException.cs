using MiniRun.Linux;

namespace MiniRun.Engine.Volumes;

/// <summary>There is no volume of that name.</summary>
public sealed class NoSuchVolumeException(string name) : MiniRunException($"get {name}: no such volume");

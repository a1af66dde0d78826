using MiniRun.Engine.Options;

namespace MiniRun.Engine.Volumes;

/// <summary>A volume that a container has.</summary>
/// <param name="Destination">Where it is inside.</param>
/// <param name="Anonymous">Whether nobody named it, so that it goes with its last container where --rm or rm -v ask for it.</param>
public readonly record struct RecordedVolume(VolumeName Name, string Destination, bool Anonymous);

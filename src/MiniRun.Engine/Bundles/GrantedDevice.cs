using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Bundles;

/// <summary>A host device for the container: the node inside, what may be done with it (r, w, m), and the option that asked.</summary>
public sealed record GrantedDevice(DeviceSpec Node, string Access, string Origin);

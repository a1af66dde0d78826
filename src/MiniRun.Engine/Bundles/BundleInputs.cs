using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Runtime;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Bundles;

/// <summary>All that decides a container's config.json: the request, the image, and what was looked up for them. The builder looks up nothing.</summary>
public sealed record BundleInputs
{
    public required RunRequest Request { get; init; }

    public required ImageConfig Image { get; init; }

    public required ContainerId Id { get; init; }

    /// <summary>The container's folder, absolute: hostname, hosts and resolv.conf are mounted from there.</summary>
    public required string Folder { get; init; }

    public required CallerFacts Caller { get; init; }

    /// <summary>The user, found in the image.</summary>
    public required UserSpec User { get; init; }

    /// <summary>The user's home in the image's passwd; "/" without one.</summary>
    public required string Home { get; init; }

    /// <summary>Kept capabilities, decided before because the seccomp profile depends on them.</summary>
    public required ContainerCapabilities Capabilities { get; init; }

    /// <summary>The profile for these capabilities; null is unconfined.</summary>
    public SeccompSpec? Seccomp { get; init; }

    /// <summary>The host devices of --device (or all of them, privileged), as they are to be made inside.</summary>
    public IReadOnlyList<GrantedDevice> Devices { get; init; } = [];

    /// <summary>What the volumes and images among the mounts are on this host, by destination.</summary>
    public IReadOnlyDictionary<string, MountSource> Sources { get; init; } = new Dictionary<string, MountSource>();

    /// <summary>The block devices of --device-read-bps and its kin, found on the host.</summary>
    public BlockIoSpec Rates { get; init; } = new();
}

using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Linux.Capabilities;
using MiniRun.Runtime;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Tests.Bundles;

/// <summary>Inputs of the bundle builder that stand for an ordinary host and image; tests change what they are about.</summary>
internal static class Given
{
    internal const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    internal static CallerFacts Root { get; } = new()
    {
        Uid = 0,
        Gid = 0,
        Bounding = CapabilitySet.All,
        HostName = "host",
        Processors = 4,
    };

    internal static CallerFacts User { get; } = Root with { Uid = 1000, Gid = 1000, Bounding = CapabilitySet.All };

    internal static RunRequest Request { get; } = new() { Image = "busybox", Command = ["true"] };

    internal static BundleInputs Inputs(RunRequest request, CallerFacts? caller = null, UserSpec? user = null, ImageConfig? image = null)
    {
        caller ??= Root;
        return new BundleInputs
        {
            Request = request,
            Image = image ?? new ImageConfig(),
            Id = ContainerId.Parse(Id),
            Folder = "/data/containers/" + Id,
            Caller = caller,
            User = user ?? new UserSpec(),
            Home = "/root",
            Capabilities = ContainerCapabilities.Of(request.Privilege, caller.IsRoot ? caller.Bounding : CapabilitySet.All),
        };
    }

    internal static RuntimeSpec Spec(RunRequest request, CallerFacts? caller = null, UserSpec? user = null, ImageConfig? image = null) =>
        BundleBuilder.Build(Inputs(request, caller, user, image)).Spec;

    internal static MountSpec Mount(this RuntimeSpec spec, string destination) => Assert.Single(spec.Mounts, mount => mount.Destination == destination);
}

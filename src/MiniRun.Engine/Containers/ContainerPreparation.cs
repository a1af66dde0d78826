using MiniRun.Engine.Bundles;
using MiniRun.Engine.Images;
using MiniRun.Engine.Lookups;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Capabilities;
using MiniRun.Runtime;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Lifecycle;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Containers;

/// <summary>From a request to a container ready to be made: looks up what the request names, and has the bundle built. Makes nothing.</summary>
internal sealed class ContainerPreparation(DataRoot data)
{
    /// <param name="request">With its mounts decided.</param>
    /// <param name="image">Whose program it runs.</param>
    /// <param name="mounted">The images among the mounts, by destination.</param>
    /// <param name="id">The container's.</param>
    /// <param name="trace">Told of each step; null traces nothing.</param>
    /// <exception cref="MiniRunException">Something the request names is not there, or this host cannot give it.</exception>
    internal PreparedContainer Prepare(RunRequest request, Image image, IReadOnlyDictionary<string, Image> mounted, ContainerId id, Action<TraceRecord>? trace)
    {
        string folder = $"{data.Containers}/{id.Value}";
        IReadOnlyDictionary<string, MountSource> sources = MountLookup.Sources(request.Files.Mounts, mounted, data);
        CallerFacts caller = CallerLookup.Read(request.Namespaces.User);
        byte[]? seccomp = SeccompLookup.File(request.Privilege.Security, folder);
        Bundle bundle = BundleBuilder.Build(Inputs(request, image, id, folder, caller, seccomp) with { Sources = sources });
        string? whyCopied = OverlayLookup.WhyImpossible(data);
        RootSource root = whyCopied is null
            ? new RootSource.Overlay(image.Layers, $"{folder}/upper", $"{folder}/work")
            : new RootSource.Folder($"{folder}/rootfs");
        CreateRequest create = Create(request, root, id, folder, bundle.Spec, trace) with { AskedBy = step => bundle.Origins.Of(step.Source, step.SourceIndex) };
        CheckLimits(create, bundle.Origins);
        return new PreparedContainer
        {
            Request = request,
            Image = image,
            WhyCopied = whyCopied,
            Sources = sources,
            SeccompFile = seccomp,
            Bundle = bundle,
            Create = create,
            Hostname = BundleBuilder.SeenHostname(request, id, caller.HostName),
        };
    }

    private static void CheckLimits(CreateRequest create, OptionOrigins origins)
    {
        foreach (string part in (ReadOnlySpan<string>)["memory", "cpu", "pids", "blockIO"])
        {
            if (create.CgroupPath is null && origins.Of($"linux.resources.{part}", -1) is { } option)
            {
                throw new MiniRunException($"{option}: a limit needs a cgroup, and none is delegated to this user: leave it out, run minirun as root, or run it in a systemd user session (systemd-run --user --scope -p Delegate=yes minirun …)");
            }
        }
    }

    private static BundleInputs Inputs(RunRequest request, Image image, ContainerId id, string folder, CallerFacts caller, byte[]? seccomp)
    {
        (UserSpec user, string home) = UserLookup.Find(request.Process, image);
        bool ownUsers = UserMappings.Of(request.Namespaces.User, caller).Any;
        var capabilities = ContainerCapabilities.Of(request.Privilege, ownUsers ? CapabilitySet.All : caller.Bounding);
        return new BundleInputs
        {
            Request = request,
            Image = image.Config,
            Id = id,
            Folder = folder,
            Caller = caller,
            User = user,
            Home = home,
            Capabilities = capabilities,
            Seccomp = SeccompLookup.Find(request.Privilege.Security, request.Privilege.Privileged, capabilities.Kept, seccomp),
            Devices = DeviceLookup.Granted(request),
            Rates = DeviceLookup.Rates(request.Resources),
        };
    }

    private CreateRequest Create(RunRequest request, RootSource root, ContainerId id, string folder, RuntimeSpec spec, Action<TraceRecord>? trace) => new()
    {
        Id = id,
        Spec = spec,
        Root = root,
        Bundle = folder,
        CgroupPath = CgroupLookup.PathFor(id, request.Resources.CgroupParent),
        Counting = CgroupLookup.Counting,
        // Root's private range shows the image's files as its own; without root there is one id, and nothing to shift.
        IdMapRoot = request.Namespaces.User == NamespaceChoice.Private && Linux.Processes.CurrentProcess.EffectiveUid == 0,
        Init = request.Process.Init,
        Streams = request.Process.Interactive ? Stdio.Inherited() : Stdio.WithoutInput(),
        Trace = trace,
        SeccompCache = data.SeccompCache,
    };
}

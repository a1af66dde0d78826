using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;
using MiniRun.Linux.Processes;
using MiniRun.Linux.Resctrl;
using MiniRun.Linux.Systemd;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>Makes a container: decides first, then writes down what it is about to make, then makes it.</summary>
internal sealed class ContainerCreation
{
    private readonly CreateRequest _request;
    private readonly LaunchGate _gate;
    private readonly CgroupHost? _cgroups;
    private readonly ResctrlHost? _resctrl;
    private readonly string? _cgroupFolder;
    private readonly IReadOnlyList<UnitProperty> _unitProperties;

    /// <exception cref="SpecException">The configuration has problems.</exception>
    public ContainerCreation(CreateRequest request, LaunchGate gate)
    {
        SpecValidator.Check(request.Spec);
        _request = request;
        _gate = gate;
        _cgroups = request.CgroupPath is null ? null : CgroupHost.Detect();
        IntelRdtSpec? rdt = request.Spec.Linux.IntelRdt;
        _resctrl = rdt is null ? null : HostResctrl.TryDetect();
        HostFacts facts = HostFactsReader.Read(_cgroups, request.Spec.Linux.Resources.BlockIo is not null, LabelSteps.AreIn(request.Spec)) with { Resctrl = HostResctrl.FactsOf(_resctrl, rdt, request.Id) };
        Resctrl = rdt is null ? null : ResctrlPlacement.Of(rdt, request.Id, facts.Resctrl);
        Scope = _cgroups is not null && request.SystemdCgroup ? CgroupChoice.Scope(facts, request.CgroupPath!) : null;
        _unitProperties = Scope is null ? [] : UnitPropertyText.Of(request.Spec.Annotations);
        _cgroupFolder = _cgroups is null ? null : Scope is null ? CgroupChoice.Folder(_cgroups, facts, request.CgroupPath!) : CgroupChoice.Folder(_cgroups, Scope);
        Plan = LaunchPlanBuilder.Build(LaunchRequest(), facts);
    }

    public LaunchPlan Plan { get; }

    public CreateRequest Request => _request;

    public CgroupHost? Cgroups => _cgroups;

    /// <summary>The container's cgroup, or null.</summary>
    public string? CgroupFolder => _cgroupFolder;

    /// <summary>The systemd scope that has the cgroup, or null.</summary>
    public SystemdScope? Scope { get; }

    /// <summary>The container's groups of resctrl, or null.</summary>
    public ResctrlPlacement? Resctrl { get; }

    /// <summary>Listens for the program of `run`, from before it starts; null where nobody wants to know.</summary>
    public ReadinessRelay? Readiness { get; private set; }

    /// <summary>Makes the container; whatever fails, nothing of it is left.</summary>
    public LaunchedProcess Launch(StateStore store)
    {
        using ContainerFolder folder = store.Make(_request.Id);
        return Launch(folder);
    }

    /// <summary>Makes the container in a folder just made.</summary>
    public LaunchedProcess Launch(ContainerFolder folder)
    {
        Undo undo = new();
        undo.Add(folder.Remove);
        ContainerState intent = Intent();
        ContainerHooks hooks = new(_request.Spec.Hooks, intent);
        try
        {
            using FileLock held = folder.Lock();
            Faults.Point(FaultPoint.Lock);
            RequireOthersUntouched();
            folder.WriteIntent(intent);
            Faults.Point(FaultPoint.Intent);
            if (_request.NotifySocket is not null)
            {
                HostDirectory.MakeAt(folder.Directory, ReadinessRelay.FolderName, 0x1ed);
                Readiness = _gate == LaunchGate.Run ? ReadinessRelay.Open(folder, _request.NotifySocket) : null;
            }

            return Launcher.Launch(Job(folder, intent, hooks));
        }
        catch (Exception e)
        {
            Exception failure = undo.After(e);
            if (hooks.Begun)
            {
                hooks.Poststop(_request.Warn);
            }

            throw failure;
        }
    }

    private void RequireOthersUntouched()
    {
        OwnNamespaces.Check(_request.Spec);
        if (_cgroups is not null && _cgroupFolder is not null)
        {
            Runtime.Launch.CgroupFolder.RequireFree(_cgroups, _cgroupFolder);
        }
    }

    private LaunchRequest LaunchRequest() => new()
    {
        Spec = _request.Spec,
        Id = _request.Id,
        Root = _request.Root,
        Bundle = _request.Bundle,
        Gate = _gate,
        IdMapRoot = _request.IdMapRoot,
        Init = _request.Init,
        NewKeyring = _request.NewKeyring,
        PreservedDescriptors = _request.PreservedDescriptors,
        TerminalSize = _request.TerminalSize,
        CgroupPath = _cgroupFolder,
        Counting = _request.Counting,
        Scope = Scope,
    };

    private LaunchJob Job(ContainerFolder folder, ContainerState intent, ContainerHooks hooks) => new()
    {
        Plan = Plan,
        Streams = _request.Streams,
        Seccomp = _request.Spec.Linux.Seccomp,
        SeccompCache = _request.SeccompCache,
        Folder = folder.Directory,
        Cgroups = _cgroups,
        Resctrl = _resctrl,
        UnitProperties = _unitProperties,
        ConsoleSocket = _request.ConsoleSocket,
        Prepare = init => Prepare(folder, intent, init),
        Commit = init =>
        {
            folder.CommitState();
            PidFile.Write(_request.PidFile, init.Pid);
            PidfdSocket.Send(_request.PidfdSocket, init);
        },
        Agent = Plan.Expected.SeccompListener ? ProcessStateText.Agent(_request.Spec.Linux.Seccomp!, intent) : null,
        BeginHooks = hooks.Begin,
        RunHook = hooks.Run,
        Trace = _request.Trace,
        AskedBy = _request.AskedBy,
    };

    private ContainerState Intent() => new()
    {
        Id = _request.Id,
        Committed = ContainerStatus.Creating,
        OciVersion = _request.Spec.OciVersion,
        Bundle = _request.Bundle,
        Rootfs = _request.Root is RootSource.Overlay overlay ? overlay.Upper : ((RootSource.Folder)_request.Root).Path,
        Created = DateTimeOffset.UtcNow,
        Cgroup = _cgroupFolder,
        Scope = Scope,
        Resctrl = Resctrl,
        Annotations = _request.Spec.Annotations,
        HasHooks = _request.Spec.Hooks.Any,
        Expected = Plan.Expected,
    };

    /// <summary>Everything but the rename that makes it true.</summary>
    private void Prepare(ContainerFolder folder, ContainerState intent, ProcessIdentity init)
    {
        folder.WriteConfig((_request.Config ?? SpecWriter.Write(_request.Spec)).Span);
        ContainerStatus status = _gate == LaunchGate.Create ? ContainerStatus.Created : ContainerStatus.Running;
        folder.PrepareState(intent with { Committed = status, Init = init });
    }
}

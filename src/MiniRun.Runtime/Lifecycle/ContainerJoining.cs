using System.Globalization;
using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Resctrl;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>`exec`: a further process in a running container, by a plan of its own.</summary>
internal sealed class ContainerJoining
{
    private readonly JoinRequest _request;
    private readonly ContainerState _state;
    private readonly LinuxSpec _linux;
    private readonly CgroupHost? _cgroups;
    private readonly ResctrlHost? _resctrl;
    private readonly HostFacts _facts;

    /// <exception cref="MiniRunException">The container does not run.</exception>
    public ContainerJoining(ContainerFolder folder, JoinRequest request)
    {
        SpecValidator.Check(request.Process);
        _request = request;
        _state = folder.RequireState();
        ContainerStatus status = ContainerInspection.StatusOf(folder, _state);
        if (status is ContainerStatus.Stopped or ContainerStatus.Creating)
        {
            throw new MiniRunException($"cannot exec in a stopped container: {folder.Id} is {status.Word()}: start it first");
        }

        if (status == ContainerStatus.Paused && !request.IgnorePaused)
        {
            throw new MiniRunException($"cannot exec in a paused container: {folder.Id}: resume it first");
        }

        _linux = SpecReader.Read(folder.ReadConfig()).Linux;
        _cgroups = _state.Cgroup is null ? null : CgroupHost.Detect();
        _resctrl = _state.Resctrl is null ? null : HostResctrl.Detect(_state.Id);
        _facts = HostFactsReader.Read(_cgroups, labels: LabelSteps.AreIn(request.Process));
    }

    /// <summary>The plan, in the container's own cgroup.</summary>
    public LaunchPlan Plan() => Plan(Cgroup());

    /// <summary>Runs the process and, unless detached, waits for its end.</summary>
    public ExitReport Run()
    {
        TerminalRules.Check(_request.Process, _request.ConsoleSocket, _request.Detach);
        using SignalPipe? signals = _request.ForwardSignals && !_request.Detach ? ForwardedSignals.Open() : null;
        using LaunchedProcess process = Start();
        return _request.Detach ? ExitReport.Detached : new ForegroundSession(process, signals, _request.Leaving).Wait();
    }

    /// <summary>Runs the process as a child of this one, and returns at once.</summary>
    public LaunchedProcess Start()
    {
        if (_state is { Scope: { } scope, Cgroup: { } folder })
        {
            UserManager.Enter(_cgroups!, folder, scope);
        }

        return Launch();
    }

    private LaunchedProcess Launch()
    {
        try
        {
            return Launcher.Launch(Job(Plan()));
        }
        catch (LaunchException e) when (string.IsNullOrEmpty(_request.SubCgroup) && e.InnerException is SyscallException { Call: "clone3", Errno: Errno.EBUSY })
        {
            // An init inside has moved away and enabled controllers, so its cgroup holds no processes any more; as runc, join init's own.
            return Launcher.Launch(Job(Plan(InitsOwnCgroup())));
        }
    }

    private LaunchPlan Plan(string? cgroup) => ExecPlanBuilder.Build(
        new ExecRequest
        {
            Id = _state.Id,
            Process = _request.Process,
            Namespaces = OtherNamespaces(),
            Seccomp = _linux.Seccomp,
            Personality = _linux.Personality,
            MemoryPolicy = _linux.MemoryPolicy,
            CgroupPath = cgroup,
            ResctrlGroups = _resctrl is null ? [] : _state.Resctrl!.Folders(_resctrl.MountPoint, _state.Id),
            SetgroupsDenied = HostFile.ReadText(ProcPath("setgroups"), 64).StartsWith("deny", StringComparison.Ordinal),
            PreservedDescriptors = _request.PreservedDescriptors,
            TerminalSize = _request is { Process.Terminal: true, Detach: false } ? ConsoleProxy.CallersSize() : null,
        },
        _facts);

    private LaunchJob Job(LaunchPlan plan) => new()
    {
        Plan = plan,
        Streams = _request.Streams,
        Seccomp = _linux.Seccomp,
        SeccompCache = _request.SeccompCache,
        Container = _state.Init,
        Cgroups = _cgroups,
        Resctrl = _resctrl,
        ConsoleSocket = _request.ConsoleSocket,
        Commit = process =>
        {
            PidFile.Write(_request.PidFile, process.Pid);
            PidfdSocket.Send(_request.PidfdSocket, process);
        },
        Agent = plan.Expected.SeccompListener ? ProcessStateText.Agent(_linux.Seccomp!, _state) : null,
        Trace = _request.Trace,
    };

    /// <summary>The kinds of namespaces in which the container's init is not where this process is.</summary>
    private ulong OtherNamespaces() =>
        Other("user", NamespaceType.User) | Other("mnt", NamespaceType.Mount) | Other("pid", NamespaceType.Pid) | Other("net", NamespaceType.Network)
        | Other("ipc", NamespaceType.Ipc) | Other("uts", NamespaceType.Uts) | Other("cgroup", NamespaceType.Cgroup) | Other("time", NamespaceType.Time);

    private ulong Other(string name, NamespaceType type)
    {
        FileStatus? inits = FileStatus.Of(ProcPath("ns/" + name));
        FileStatus? own = FileStatus.Of("/proc/self/ns/" + name);
        if (inits is null != own is null)
        {
            // A dying init has left some of its namespaces already: what could not be joined must not be the host's instead.
            throw new MiniRunException($"cannot exec in container {_state.Id}: its process has no {name} namespace any more: it is ending");
        }

        return inits?.Inode == own?.Inode ? 0 : (ulong)type;
    }

    /// <summary>The container's cgroup, or the one below it that was asked for: never one outside.</summary>
    private string? Cgroup()
    {
        if (string.IsNullOrEmpty(_request.SubCgroup))
        {
            return _state.Cgroup;
        }

        string own = _state.Cgroup ?? throw new MiniRunException($"exec --cgroup: container {_state.Id} has no cgroup: leave the option out");
        return _cgroups!.FolderOf(CgroupPath.Parse(CgroupFolder.PathOf(_cgroups, own).Text + "/" + _request.SubCgroup));
    }

    private string InitsOwnCgroup()
    {
        string path = CgroupHost.Parse(_cgroups!.MountPoint, HostFile.ReadText(ProcPath("cgroup"), 65536), "").OwnPath;
        return _cgroups.FolderOf(CgroupPath.Parse(path));
    }

    private string ProcPath(string file) => string.Create(CultureInfo.InvariantCulture, $"/proc/{_state.Init!.Pid}/{file}");
}

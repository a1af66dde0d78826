using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Linux.Resctrl;
using MiniRun.Linux.Systemd;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Launch;

/// <summary>One plan to carry out, and what its launcher's steps need beside it.</summary>
internal sealed record LaunchJob
{
    public required LaunchPlan Plan { get; init; }

    public required Stdio Streams { get; init; }

    /// <summary>The profile of the plan's seccomp step.</summary>
    public SeccompSpec? Seccomp { get; init; }

    /// <summary>The folder of the compiled seccomp filters; null keeps none.</summary>
    public string? SeccompCache { get; init; }

    /// <summary>The container's state folder, for the start socket.</summary>
    public FileDescriptor? Folder { get; init; }

    /// <summary>The host's cgroup2, for plans with a cgroup.</summary>
    public CgroupHost? Cgroups { get; init; }

    /// <summary>The host's resctrl, for plans with groups of it.</summary>
    public ResctrlHost? Resctrl { get; init; }

    /// <summary>Further properties of the systemd scope, for plans with one.</summary>
    public IReadOnlyList<UnitProperty> UnitProperties { get; init; } = [];

    /// <summary>The container's pid 1, for a process that joins it.</summary>
    public ProcessIdentity? Container { get; init; }

    /// <summary>The path of a unix socket that receives the terminal's master; null keeps it for the caller.</summary>
    public string? ConsoleSocket { get; init; }

    /// <summary>Does what can be done as soon as the process is known, while it works through its plan.</summary>
    public Action<ProcessIdentity> Prepare { get; init; } = static _ => { };

    /// <summary>Writes the container's state, now that its first process is known and waits.</summary>
    public Action<ProcessIdentity> Commit { get; init; } = static _ => { };

    /// <summary>Who answers for the calls the filter asks about; needed where the plan's filter has a listener.</summary>
    public SeccompAgent? Agent { get; init; }

    /// <summary>The launch has come as far as its hooks.</summary>
    public Action BeginHooks { get; init; } = static () => { };

    /// <summary>Runs one of the spec's hooks (a RunHook step) for the container whose first process has this pid.</summary>
    public Action<LaunchStep, int> RunHook { get; init; } = static (_, _) => { };

    public Action<TraceRecord>? Trace { get; init; }

    /// <summary>The option of the command line behind a step, for failures; null, or a null answer, has the spec's part named.</summary>
    public Func<LaunchStep, string?>? AskedBy { get; init; }
}

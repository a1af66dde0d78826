using MiniRun.Linux;
using MiniRun.Linux.Cgroups;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>The containers below one state root: the whole OCI runtime, one method a verb.</summary>
public sealed class Containers(string root)
{
    /// <summary>The largest config.json, in bytes.</summary>
    public const int MaxConfig = ContainerFolder.MaxConfig;

    /// <summary>Told of what went wrong and stops nothing: a poststop hook that failed.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>The service manager's socket (NOTIFY_SOCKET) that is told when a container's program is ready; null for none.</summary>
    public string? NotifySocket { get; init; }

    /// <summary>/run/minirun, or $XDG_RUNTIME_DIR/minirun for a user other than the host's root (rootless podman's is root in a user namespace only).</summary>
    public static string DefaultRoot()
    {
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        return string.IsNullOrEmpty(runtime) || (CurrentProcess.EffectiveUid == 0 && !HostFactsReader.InUserNamespace()) ? "/run/minirun" : runtime + "/minirun";
    }

    /// <summary>The plan that <see cref="Run"/> would carry out; nothing is made, and no rights are needed.</summary>
    /// <exception cref="SpecException">The configuration has problems.</exception>
    public static LaunchPlan Plan(CreateRequest request) => new ContainerCreation(request, LaunchGate.Run).Plan;

    /// <summary>The plan that <see cref="Exec"/> would carry out.</summary>
    /// <exception cref="MiniRunException">The container does not run.</exception>
    public LaunchPlan PlanExec(ContainerId id, JoinRequest request) => With(id, folder => new ContainerJoining(folder, request).Plan());

    /// <summary>Makes a container whose program waits for <see cref="Start"/>.</summary>
    /// <exception cref="LaunchException">A step failed; nothing is left.</exception>
    /// <exception cref="MiniRunException">The id is taken, or the configuration cannot be carried out.</exception>
    public void Create(CreateRequest request)
    {
        TerminalRules.Check(request.Spec.Process, request.ConsoleSocket, detach: true);
        ContainerCreation creation = new(WithNotification(request), LaunchGate.Create);
        using StateStore store = StateStore.OpenOrMake(root);
        using LaunchedProcess process = creation.Launch(store);
    }

    /// <summary>Makes a container, runs its program and, unless detached, waits for its end and removes the container.</summary>
    /// <exception cref="LaunchException">A step failed; nothing is left.</exception>
    /// <exception cref="MiniRunException">The id is taken, or the configuration cannot be carried out.</exception>
    public ExitReport Run(CreateRequest request, RunOptions options)
    {
        ContainerCreation creation = new(WithNotification(options.Detach ? request : request with { TerminalSize = ConsoleProxy.CallersSize() }), LaunchGate.Run);
        using StateStore store = StateStore.OpenOrMake(root);
        return new ContainerRun(store, creation, options).Run();
    }

    /// <summary>Makes a container and runs its program, as a child of this process, which attends it: see <see cref="AttendedContainer"/>.</summary>
    /// <exception cref="LaunchException">A step failed; nothing is left.</exception>
    /// <exception cref="MiniRunException">The id is taken, or the configuration cannot be carried out.</exception>
    public AttendedContainer Attend(CreateRequest request)
    {
        ContainerCreation creation = new(WithNotification(request), LaunchGate.Run);
        return AttendedContainer.Start(StateStore.OpenOrMake(root), creation);
    }

    /// <summary>Attends a container on that this process has started before it executed its program anew.</summary>
    /// <param name="process">Of its first process, which is a child of this process and not reaped.</param>
    /// <param name="terminal">The terminal's master, where the program has a terminal.</param>
    public IAttendedContainer AttendFurther(ContainerId id, Pidfd process, FileDescriptor? terminal) => new ResumedContainer(root, id, process, terminal, Warn);

    /// <summary>Runs the program of a created container. Of several at once, exactly one succeeds.</summary>
    /// <exception cref="MiniRunException">It is not in the created state.</exception>
    public void Start(ContainerId id) => With(id, folder => ContainerStart.Start(folder, NotifySocket, Warn));

    /// <summary>Sends a signal to the container's first process, or to every process of it.</summary>
    /// <exception cref="MiniRunException">It does not run.</exception>
    public void Kill(ContainerId id, int signal, bool all = false) => With(id, folder => ContainerKill.Kill(folder, signal, all));

    /// <summary>Waits until a container's first process has ended; false where the time, in milliseconds, -1 for ever, was up. A container that is gone has ended.</summary>
    public bool WaitForEnd(ContainerId id, int milliseconds)
    {
        try
        {
            return With(id, folder => ContainerKill.WaitForEnd(folder, milliseconds));
        }
        catch (NoSuchContainerException)
        {
            return true;
        }
    }

    /// <summary>Stops all processes of a container until <see cref="Resume"/>.</summary>
    /// <exception cref="MiniRunException">It does not run, or has no cgroup.</exception>
    public void Pause(ContainerId id) => With(id, ContainerFreeze.Pause);

    /// <summary>Lets a paused container go on.</summary>
    /// <exception cref="MiniRunException">It is not paused.</exception>
    public void Resume(ContainerId id) => With(id, ContainerFreeze.Resume);

    /// <summary>A running container's root as its first process sees it; dispose it.</summary>
    /// <exception cref="MiniRunException">It does not run.</exception>
    public ContainerRoot OpenRoot(ContainerId id) => With(id, ContainerRoot.Open);

    /// <summary>The host's pids of a container's processes, in ascending order.</summary>
    /// <exception cref="MiniRunException">It has no cgroup.</exception>
    public IReadOnlyList<int> Processes(ContainerId id) => With(id, ContainerProcesses.Of);

    /// <summary>Changes a container's limits; what is not given stays.</summary>
    /// <exception cref="MiniRunException">It has stopped, has no cgroup, or a limit cannot be had here; the limits are as before then.</exception>
    public void Update(ContainerId id, ResourcesSpec resources, IntelRdtSpec? rdt = null) => With(id, folder => ContainerUpdate.Update(folder, resources, rdt));

    /// <summary>Watches a container's cgroup; dispose the watch.</summary>
    /// <exception cref="MiniRunException">It has stopped, or has no cgroup.</exception>
    public ContainerWatch Watch(ContainerId id) => With(id, ContainerWatch.Of);

    /// <summary>The ids of all containers, in order.</summary>
    public IReadOnlyList<ContainerId> Ids()
    {
        using StateStore? store = StateStore.TryOpen(root);
        return store?.Ids() ?? [];
    }

    /// <summary>Removes what is left of a container; force kills it first and is content where there is none.</summary>
    /// <exception cref="MiniRunException">It runs.</exception>
    public void Delete(ContainerId id, bool force = false)
    {
        using StateStore? store = StateStore.TryOpen(root);
        using ContainerFolder? folder = store?.TryOpen(id);
        if (folder is not null)
        {
            ContainerRemoval.Delete(folder, force, Warn);
        }
        else if (!force)
        {
            throw new NoSuchContainerException(id);
        }
    }

    /// <summary>What the container is and does.</summary>
    /// <exception cref="NoSuchContainerException">There is none.</exception>
    public ContainerReport State(ContainerId id) => With(id, folder => ContainerInspection.Report(folder) ?? throw new NoSuchContainerException(id));

    /// <summary>All containers, by id. One that another process removes meanwhile, or has not begun to describe, is left out.</summary>
    /// <param name="onDamaged">Told of a container whose state cannot be read; it is left out too, so that it hides no other.</param>
    public IReadOnlyList<ContainerReport> List(Action<string>? onDamaged = null)
    {
        using StateStore? store = StateStore.TryOpen(root);
        List<ContainerReport> reports = [];
        CgroupHost? host = null;
        Func<CgroupHost> once = () => host ??= CgroupHost.Detect();
        foreach (ContainerId id in store?.Ids() ?? [])
        {
            try
            {
                using ContainerFolder? folder = store!.TryOpen(id);
                if (folder is not null && ContainerInspection.Report(folder, once) is { } report)
                {
                    reports.Add(report);
                }
            }
            catch (MiniRunException damaged) when (onDamaged is not null)
            {
                onDamaged(damaged.Message);
            }
        }

        return reports;
    }

    /// <summary>The configuration that the container was made from.</summary>
    /// <exception cref="NoSuchContainerException">There is none.</exception>
    public RuntimeSpec ReadSpec(ContainerId id) => With(id, static folder => SpecReader.Read(folder.ReadConfig()));

    /// <summary>Runs a further process in a running container and, unless detached, waits for its end.</summary>
    /// <exception cref="MiniRunException">The container does not run, or a step failed.</exception>
    public ExitReport Exec(ContainerId id, JoinRequest request) => With(id, folder => new ContainerJoining(folder, request).Run());

    /// <summary>Runs a further process in a running container, as a child of this process, which attends it: see <see cref="AttendedProcess"/>.</summary>
    /// <exception cref="MiniRunException">The container does not run, or a step failed.</exception>
    public AttendedProcess AttendExec(ContainerId id, JoinRequest request) => With(id, folder => new AttendedProcess(new ContainerJoining(folder, request).Start()));

    private CreateRequest WithNotification(CreateRequest request) => string.IsNullOrEmpty(NotifySocket)
        ? request
        : request with { NotifySocket = NotifySocket, Spec = ReadinessRelay.Added(request.Spec, $"{root}/{request.Id.Value}") };

    private void With(ContainerId id, Action<ContainerFolder> act) => With<object?>(id, folder =>
    {
        act(folder);
        return null;
    });

    /// <exception cref="NoSuchContainerException">There is none.</exception>
    private T With<T>(ContainerId id, Func<ContainerFolder, T> act)
    {
        using StateStore? store = StateStore.TryOpen(root);
        using ContainerFolder folder = store?.TryOpen(id) ?? throw new NoSuchContainerException(id);
        return act(folder);
    }
}

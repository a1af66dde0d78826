using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Launch;
using MiniRun.Runtime.Plan.Wire;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>Starts a created container: connects to the socket on which its init waits, reads back, and lets it go.</summary>
internal static class ContainerStart
{
    /// <param name="folder">The container's.</param>
    /// <param name="notifySocket">The service manager's socket that is told when the program is ready; null for none.</param>
    /// <param name="warn">Told of poststop hooks that fail, where a startContainer or poststart hook that failed ends the container.</param>
    public static void Start(ContainerFolder folder, string? notifySocket, Action<string> warn)
    {
        using ReadinessRelay? relay = ReadinessRelay.Open(folder, notifySocket); // before the program can say anything
        ContainerState state;
        try
        {
            state = Release(folder);
        }
        catch (LaunchException failure) when (failure.OfHook)
        {
            throw Removed(folder, failure, warn);
        }

        // Not under the lock: hooks may ask for, or signal, the container.
        Poststart(folder, state, warn);
        using Pidfd? init = relay is null ? null : state.Init!.Open();
        if (init is not null)
        {
            relay!.Wait(state.Init!.Pid, init.Descriptor);
        }
    }

    /// <summary>Runs the poststart hooks. Where one fails, the container is stopped and removed.</summary>
    /// <exception cref="LaunchException">A hook failed.</exception>
    public static void Poststart(ContainerFolder folder, ContainerState? state, Action<string> warn)
    {
        try
        {
            ContainerHooks.Of(folder, state)?.Poststart(state!.Init!.Pid);
        }
        catch (MiniRunException failure)
        {
            throw Removed(folder, failure, warn);
        }
    }

    /// <summary>A hook that fails ends the container: it is stopped and removed, and poststop hooks run.</summary>
    private static Exception Removed(ContainerFolder folder, MiniRunException failure, Action<string> warn)
    {
        Undo undo = new();
        undo.Add(() => ContainerRemoval.Delete(folder, force: true, warn));
        return undo.After(failure);
    }

    private static ContainerState Release(ContainerFolder folder)
    {
        using FileLock held = folder.Lock();
        ContainerState state = folder.RequireState();
        using Pidfd init = RequireCreated(state);
        using LaunchChannel channel = new(Connect(folder));
        RequireWaiting(channel, folder.Id);
        Faults.Point(FaultPoint.StartConnected);
        try
        {
            new StartPassage(channel, state.Init!.Pid, state.Expected, InOtherUserNamespace(state.Init.Pid))
            {
                OnListener = state.Expected.SeccompListener ? number => Agent(folder, state).Send(init, state.Init.Pid, number) : null,
                OnFailure = static message => LaunchFailure.From(message),
            }.Pass();
        }
        catch
        {
            init.Signal(Signals.SIGKILL);
            throw;
        }

        Faults.Point(FaultPoint.StartGo);
        folder.WriteState(state with { Committed = ContainerStatus.Running });
        Faults.Point(FaultPoint.StartState);
        HostDirectory.RemoveFile(folder.Directory, HostDescriptors.StartSocketName);
        return state;
    }

    private static SeccompAgent Agent(ContainerFolder folder, ContainerState state) =>
        ProcessStateText.Agent(SpecReader.Read(folder.ReadConfig()).Linux.Seccomp!, state);

    private static Pidfd RequireCreated(ContainerState state)
    {
        if (state.Committed == ContainerStatus.Running && state.Init!.IsAlive())
        {
            throw new MiniRunException($"cannot start an already running container: {state.Id}");
        }

        return state.Init?.Open() ?? throw new MiniRunException($"cannot start a container that has stopped: {state.Id}: delete it and create it again");
    }

    /// <summary>Init tells the one `start` whose connection it took that it waits for its word.</summary>
    private static void RequireWaiting(LaunchChannel channel, ContainerId id)
    {
        if (!channel.Receive(out Message message, out _))
        {
            throw new MiniRunException($"cannot start a container that has stopped: {id}: delete it and create it again");
        }

        if (message.Type != MessageType.Await)
        {
            throw LaunchFailure.From(message);
        }
    }

    private static FileDescriptor Connect(ContainerFolder folder)
    {
        try
        {
            return UnixSocket.Connect(folder.Directory, HostDescriptors.StartSocketName);
        }
        catch (SyscallException e) when (e.Errno is Errno.ECONNREFUSED or Errno.ENOENT)
        {
            throw new MiniRunException($"cannot start an already running container: {folder.Id}");
        }
    }

    private static bool InOtherUserNamespace(int pid) =>
        FileStatus.Of($"/proc/{pid}/ns/user")?.Inode != FileStatus.Of("/proc/self/ns/user")?.Inode;
}

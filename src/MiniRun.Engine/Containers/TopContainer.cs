using MiniRun.Linux;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun top`: a running container's processes as the host's ps(1) shows them.</summary>
/// <param name="store">The containers.</param>
/// <param name="runtime">Those that run.</param>
/// <param name="searchPath">The folders in which ps is looked for.</param>
public sealed class TopContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime, string searchPath = TopContainer.SystemPath)
{
    /// <summary>Where a system's ps is. Not the caller's PATH: minirun is often root, and what stands first in PATH need not be root's.</summary>
    public const string SystemPath = "/usr/bin:/bin:/usr/local/bin:/run/current-system/sw/bin";

    /// <summary>The processes, by the host's pids.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="options">Words for ps; empty is docker's -ef.</param>
    /// <exception cref="MiniRunException">It does not run, ps is missing or refuses the options, or they print no pids.</exception>
    public ProcessTable Top(string reference, IReadOnlyList<string> options)
    {
        ContainerSummary container = new LookAtContainer(store, runtime).At(reference);
        if (container.Phase == ContainerPhase.Restarting)
        {
            throw new MiniRunException($"Container {reference} is restarting, wait until the container is running");
        }

        if (!container.Running)
        {
            throw new MiniRunException($"Container {reference} is not running");
        }

        string path = ProgramSearch.Find("ps", searchPath)
            ?? throw new MiniRunException($"top needs the host's ps, which is not in {searchPath}: install it (Debian: apt-get install procps)");
        IReadOnlyList<int> pids = Pids(container);
        return pids.Count == 0
            ? throw new MiniRunException($"Container {reference} is not running")
            : new HostPs(path).Show(pids, options.Count == 0 ? ["-ef"] : options);
    }

    /// <summary>Those in its cgroup; without one, those in its pid namespace.</summary>
    private IReadOnlyList<int> Pids(ContainerSummary container)
    {
        try
        {
            return runtime.Processes(container.Id);
        }
        catch (NoSuchContainerException)
        {
            return []; // it has ended just now
        }
        catch (MiniRunException)
        {
            if (PidNamespace.Members(container.Pid) is { } members)
            {
                return members;
            }

            throw;
        }
    }
}

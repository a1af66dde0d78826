using System.Diagnostics;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>
/// Makes this process the parent of every orphan among its descendants, so that none can be lost from sight, and reaps
/// those that die, as an init would: a zombie keeps its whole pid namespace from ending.
/// </summary>
internal sealed class OrphanReaper : IDisposable
{
    private readonly Lock children = new();
    private readonly HashSet<int> own = [];
    private readonly Timer timer;

    public OrphanReaper()
    {
        Kernel.AdoptOrphans();
        timer = new Timer(_ => Reap(), null, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20));
    }

    /// <summary>Starts a child of our own, which .NET reaps.</summary>
    public void Start(Process process)
    {
        lock (children)
        {
            process.Start();
            own.Add(process.Id);
        }
    }

    public void Forget(Process process)
    {
        lock (children)
        {
            own.Remove(process.Id);
        }
    }

    public void Dispose()
    {
        timer.Dispose();
    }

    private void Reap()
    {
        // Reading all of /proc fifty times a second takes more of the machine than the tests themselves.
        if (!Kernel.HasDeadChild() || !children.TryEnter())
        {
            return;
        }

        try
        {
            foreach (HostProcess process in HostProcess.Zombies().Where(process => !own.Contains(process.Pid)))
            {
                Kernel.Reap(process.Pid);
            }
        }
        finally
        {
            children.Exit();
        }
    }
}

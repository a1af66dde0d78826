using MiniRun.Engine.Containers;
using MiniRun.Linux;
using MiniRun.Linux.Interop;
using MiniRun.Runtime;

namespace MiniRun.Engine.Monitoring;

/// <summary>Writes down how a program fares (life.json).</summary>
internal sealed class LifeRecorder(ContainerStore store, ContainerId id, Action<string> note)
{
    private readonly Lock _lock = new(); // health checks have a thread of their own
    private ContainerLife? _life;
    private bool _released;

    /// <summary>From now on the container may be another monitor's: nothing of it is written any more.</summary>
    internal void Release()
    {
        lock (_lock)
        {
            _released = true;
        }
    }

    /// <summary>A record that cannot be written (a full disk, or `rm -f` has removed the container) ends nobody's program.</summary>
    internal void Change(Func<ContainerLife, ContainerLife> change)
    {
        lock (_lock)
        {
            if (_released)
            {
                return;
            }

            _life = change(_life ?? Written());
            try
            {
                store.WriteLife(id, _life);
            }
            catch (SyscallException failure)
            {
                if (failure.Errno != Errno.ENOENT)
                {
                    note($"cannot record that: {failure.Message}");
                }
            }
        }
    }

    /// <summary>What this monitor wrote before it executed itself anew.</summary>
    private ContainerLife Written()
    {
        try
        {
            return store.ReadLife(id) ?? new ContainerLife();
        }
        catch (MiniRunException)
        {
            return new ContainerLife();
        }
    }
}

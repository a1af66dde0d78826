using System.Diagnostics;

namespace MiniRun.Engine.Registries.Blobs;

/// <summary>Watches over blocking reads: one that gets nothing for too long is broken off. Time that the reader spends elsewhere does not count.</summary>
internal sealed class StallGuard : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly Action _breakOff;
    private readonly Timer _timer;
    private long _since;
    private volatile bool _stalled;

    /// <param name="limit">How long one read may take.</param>
    /// <param name="breakOff">Makes the read fail; called from another thread, and perhaps more than once.</param>
    internal StallGuard(TimeSpan limit, Action breakOff)
    {
        _limit = limit;
        _breakOff = breakOff;
        TimeSpan period = limit / 4;
        _timer = new Timer(guard => ((StallGuard)guard!).Check(), this, period, period);
    }

    /// <summary>Whether a read was broken off.</summary>
    internal bool HasStalled => _stalled;

    /// <summary>A read begins.</summary>
    internal void Enter() => Volatile.Write(ref _since, Stopwatch.GetTimestamp());

    /// <summary>A read has ended.</summary>
    internal void Leave() => Volatile.Write(ref _since, 0);

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        long since = Volatile.Read(ref _since);
        if (since != 0 && Stopwatch.GetElapsedTime(since) > _limit)
        {
            _stalled = true;
            _breakOff();
        }
    }
}

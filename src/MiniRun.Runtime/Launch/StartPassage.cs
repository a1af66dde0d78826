using MiniRun.Linux.Files;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Plan.Wire;

namespace MiniRun.Runtime.Launch;

/// <summary>The last moment before the program: "go", the read-back while init stands in its write(2), and the news that execve succeeded. Shared by `run`, `exec` and `start`.</summary>
internal sealed class StartPassage(LaunchChannel channel, int pid, ProcessExpectation expected, bool translateIds)
{
    /// <summary>Receives the steps of a traced plan.</summary>
    public Action<Message> OnReport { get; init; } = static _ => { };

    /// <summary>How many seccomp filters the process had from its launcher; null where another process launched it.</summary>
    public int? InheritedFilters { get; init; }

    /// <summary>Hands on the filter's listener, whose number in init this is; null where the filter has none.</summary>
    public Action<int>? OnListener { get; init; }

    /// <summary>Makes the exception for a failed step.</summary>
    public required Func<Message, LaunchException> OnFailure { get; init; }

    /// <exception cref="LaunchException">A step failed, init died, or a protection is missing.</exception>
    public void Pass()
    {
        using StartGate gate = new();
        channel.Continue(Await.Start, gate.InitsEnd);
        gate.InitsEnd.Dispose();
        Faults.Point(FaultPoint.Go);
        if (OnListener is not null)
        {
            HandListener(gate);
        }

        bool verified = AwaitArrival(gate) && Verify(gate);
        while (Next())
        {
        }

        if (!verified)
        {
            VerifyLate();
        }
    }

    /// <summary>The filter asks already, so whoever answers comes before everything else, the read-back too.</summary>
    private void HandListener(StartGate gate)
    {
        int? number = AwaitArrival(gate) ? gate.ReadListener() : null;
        OnListener!(number ?? throw new LaunchException("seccomp: minirun-init ended before it could tell its listener's number: the filter must allow write, and nothing may kill it"));
    }

    /// <summary>Waits until init stands at the gate; false when it has gone without.</summary>
    private bool AwaitArrival(StartGate gate)
    {
        Poll poll = new();
        int arrival = poll.Add(gate.Arrival);
        int news = poll.Add(channel.Socket);
        while (true)
        {
            poll.Wait();
            if (poll.HasInput(arrival))
            {
                return true;
            }

            if (poll.IsReadable(news) && !Next())
            {
                return false;
            }
        }
    }

    private bool Verify(StartGate gate)
    {
        IdTranslation uids = translateIds ? IdTranslation.Read(pid, "uid_map") : IdTranslation.None;
        IdTranslation gids = translateIds ? IdTranslation.Read(pid, "gid_map") : IdTranslation.None;
        ReadBack.Check(pid, ProcessStatus.Read(pid), expected, uids, gids, InheritedFilters);
        ReadBack.CheckLabel(pid, expected);
        Faults.Point(FaultPoint.ReadBack);
        return gate.Open();
    }

    /// <summary>A filter may refuse write(2) itself. Then nothing arrives at the gate, only such a filter may excuse that, and what a program cannot take back is read while it runs.</summary>
    private void VerifyLate()
    {
        if (!expected.Seccomp)
        {
            throw new LaunchException("minirun-init ended before the program started: it was killed, perhaps for lack of memory");
        }

        if (ProcessStatus.TryRead(pid) is { } status && status.State is not ('Z' or 'X'))
        {
            ReadBack.CheckIrrevocable(pid, status, expected);
        }
    }

    /// <summary>Takes init's next message; false at the end.</summary>
    private bool Next()
    {
        if (!channel.Receive(out Message message, out var attached))
        {
            return false;
        }

        attached?.Dispose();
        if (message.Type == MessageType.Done)
        {
            OnReport(message);
            return true;
        }

        throw OnFailure(message);
    }
}

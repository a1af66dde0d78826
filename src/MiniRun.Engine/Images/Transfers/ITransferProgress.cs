using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Images.Transfers;

/// <summary>Is told how a pull or push goes on: bars on a terminal, lines in a log, or nothing. Called from several threads at once.</summary>
public interface ITransferProgress
{
    /// <summary>A layer's state; bytes are of the phase at hand, total is 0 where it is not known.</summary>
    void Report(Digest layer, TransferPhase phase, long bytes, long total);

    /// <summary>A line of its own, such as "latest: Pulling from library/ubuntu".</summary>
    void Say(string line);
}

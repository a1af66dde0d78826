using MiniRun.Engine.Images.Transfers;

namespace MiniRun.Cli.Output.Transfers;

/// <summary>Docker's words for what happens to a layer.</summary>
internal static class TransferWords
{
    /// <summary>Beside a bar, while it lasts.</summary>
    internal static string Now(TransferPhase phase) => phase switch
    {
        TransferPhase.Waiting => "Waiting",
        TransferPhase.Downloading => "Downloading",
        TransferPhase.Extracting => "Extracting",
        TransferPhase.PullComplete => "Pull complete",
        TransferPhase.AlreadyExists => "Already exists",
        TransferPhase.Pushing => "Pushing",
        TransferPhase.Pushed => "Pushed",
        _ => "Mounted",
    };

    /// <summary>In a log, once it has come to that: a download is told of before and after.</summary>
    internal static string Event(TransferPhase phase) => phase switch
    {
        TransferPhase.Waiting or TransferPhase.Downloading => "Pulling fs layer",
        TransferPhase.Extracting => "Download complete",
        _ => Now(phase),
    };

    /// <summary>Whether nothing more happens to the layer.</summary>
    internal static bool IsDone(TransferPhase phase) =>
        phase is TransferPhase.PullComplete or TransferPhase.AlreadyExists or TransferPhase.Pushed or TransferPhase.Mounted;
}

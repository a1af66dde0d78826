using MiniRun.Engine.Images.Transfers;

namespace MiniRun.Cli.Output.Transfers;

/// <summary>Shows a transfer until it is disposed; then its last state stands.</summary>
internal interface ITransferOutput : ITransferProgress, IDisposable
{
}

using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Transfers;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Pulling;

/// <summary>Reads another stream, which it leaves open, and tells how far it is.</summary>
internal sealed class ProgressStream(Stream inner, Descriptor layer, ITransferProgress progress) : ReadOnlyStream
{
    private long _read;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        _read += count;
        if (count > 0)
        {
            progress.Report(layer.Digest, TransferPhase.Downloading, _read, layer.Size);
        }
        else if (!_ended)
        {
            _ended = true;
            progress.Report(layer.Digest, TransferPhase.Extracting, _read, layer.Size);
        }

        return count;
    }
}

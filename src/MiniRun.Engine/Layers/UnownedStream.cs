using MiniRun.Linux.Files;

namespace MiniRun.Engine.Layers;

/// <summary>Writes through to a stream that outlives this one.</summary>
internal sealed class UnownedStream(Stream target) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer) => target.Write(buffer);

    public override void Flush() => target.Flush();
}

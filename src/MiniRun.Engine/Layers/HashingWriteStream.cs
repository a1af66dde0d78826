using System.Security.Cryptography;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Layers;

/// <summary>Hashes and counts what is written through it. The target stays open.</summary>
internal sealed class HashingWriteStream(Stream target) : WriteOnlyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Written { get; private set; }

    /// <summary>"sha256:…" of all that was written; asked once, at the end.</summary>
    public string TakeDigest() => $"sha256:{Convert.ToHexStringLower(_hash.GetHashAndReset())}";

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        Written += buffer.Length;
        target.Write(buffer);
    }

    public override void Flush() => target.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}

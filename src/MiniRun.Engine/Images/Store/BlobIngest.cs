using System.Security.Cryptography;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Launch;

namespace MiniRun.Engine.Images.Store;

/// <summary>
/// Contents on their way into the store: written to a file that nobody else reads, and given their name only once size and
/// digest are right. What is disposed before that stays where it can be continued by the next who fetches the same.
/// </summary>
public sealed class BlobIngest : IDisposable
{
    private readonly Descriptor _expected;
    private readonly FileDescriptor _file;
    private readonly string _path;
    private readonly string _finalPath;
    private readonly FileLock _alone;
    private readonly bool _resumable;
    private readonly IncrementalHash _hash;

    internal BlobIngest(Descriptor expected, FileDescriptor file, string path, string finalPath, FileLock alone, bool resumable)
    {
        _expected = expected;
        _file = file;
        _path = path;
        _finalPath = finalPath;
        _alone = alone;
        _resumable = resumable;
        _hash = IncrementalHash.CreateHash(expected.Digest.Function);
        Left = (long)FileStatus.Of(file, path).Size;
        if (Left > expected.Size)
        {
            HostFile.Truncate(file, 0, path);
            Left = 0;
        }
    }

    /// <summary>The bytes that an earlier process has left, from which on a download goes on. Only <see cref="Receive"/> continues them.</summary>
    public long Left { get; private set; }

    /// <summary>The bytes taken in.</summary>
    public long Received { get; private set; }

    /// <summary>Whether the source gave up, so that what was taken in may still be right.</summary>
    internal bool HasLostSource { get; set; }

    /// <summary>
    /// A stream of the whole contents: what was left of them, then what comes from the source, each byte kept as it is read. Reading
    /// its end verifies them, so that who has read all has read what was asked for.
    /// </summary>
    /// <param name="source">The contents from <see cref="Left"/> on.</param>
    public Stream Receive(Stream source) => new IngestStream(this, source);

    /// <summary>Takes bytes in.</summary>
    /// <exception cref="MiniRunException">There are more than the descriptor says, or the disk is full.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _expected.Size - Received)
        {
            Discard();
            throw new MiniRunException($"{_expected.Digest} is longer than the {_expected.Size} bytes it should have; nothing of it is kept");
        }

        HostFile.WriteAll(_file, bytes, _path);
        Count(bytes);
    }

    /// <summary>Verifies what was taken in, and gives it its place in the store.</summary>
    /// <exception cref="MiniRunException">Size or digest are not what the descriptor says; nothing of it is kept.</exception>
    public void Commit()
    {
        if (Received != _expected.Size)
        {
            throw new MiniRunException($"{_expected.Digest} ended after {Received} of {_expected.Size} bytes");
        }

        Digest actual = Digest.OfHash(_hash.GetHashAndReset());
        if (actual != _expected.Digest)
        {
            Discard();
            throw new MiniRunException($"{_expected.Digest} was asked for, and what came is {actual}: the registry, or something on the way to it, gives other contents; nothing of it is kept");
        }

        Faults.Point(FaultPoint.BlobWritten);
        HostDirectory.Rename(_path, _finalPath);
        Faults.Point(FaultPoint.BlobCommitted);
    }

    /// <summary>Throws away what was taken in: nobody continues it.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal void Discard() => HostDirectory.RemoveFile(_path);

    public void Dispose()
    {
        if (!_resumable)
        {
            // Once committed it has another name.
            Discard();
        }

        _file.Dispose();
        _hash.Dispose();
        _alone.Dispose();
    }

    /// <summary>Reads on in what was left; 0 where all of that is read.</summary>
    internal int ReadLeft(Span<byte> buffer)
    {
        int wanted = (int)Math.Clamp(Left - Received, 0, buffer.Length);
        int count = wanted == 0 ? 0 : HostFile.Read(_file, buffer[..wanted], _path);
        Count(buffer[..count]);
        return count;
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        Received += bytes.Length;
    }
}

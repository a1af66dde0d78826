using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Layers;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Launch;

namespace MiniRun.Engine.Images.Store;

/// <summary>Contents by digest (image-spec, image-layout.md: blobs/ALGORITHM/HEX). What is in it was verified before it got its name there.</summary>
public sealed class BlobStore
{
    private const uint Readable = 0x1a4; // 0644: the folder above is closed to others

    private static readonly int s_newFile = OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW;

    private readonly DataRoot _data;
    private readonly StoreLocks _locks;

    internal BlobStore(DataRoot data, StoreLocks locks)
    {
        _data = data;
        _locks = locks;
    }

    public bool Contains(Digest digest) => FileStatus.Of(PathOf(digest)) is { IsRegular: true };

    /// <summary>The size in bytes; null where it is not there.</summary>
    public long? SizeOf(Digest digest) => FileStatus.Of(PathOf(digest)) is { IsRegular: true } status ? (long)status.Size : null;

    /// <summary>Reads contents as a stream, unbuffered.</summary>
    /// <param name="from">The first byte to read.</param>
    /// <exception cref="MiniRunException">They are not there.</exception>
    public Stream OpenRead(Digest digest, long from = 0)
    {
        FileDescriptor? file = HostFile.TryOpen(PathOf(digest), OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW, out Errno error);
        if (file is null)
        {
            throw Missing(digest, error);
        }

        if (from > 0)
        {
            HostFile.Seek(file, from, digest.ToString());
        }

        return new DescriptorStream(file, digest.ToString());
    }

    /// <summary>Reads a manifest, index or configuration.</summary>
    /// <exception cref="MiniRunException">It is not there, or larger than <see cref="DocumentReader.MaxSize"/>.</exception>
    public byte[] ReadDocument(Digest digest)
    {
        using FileDescriptor? file = HostFile.TryOpen(PathOf(digest), OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW, out Errno error);
        return file is null ? throw Missing(digest, error) : HostFile.ReadBounded(file, digest.ToString(), DocumentReader.MaxSize);
    }

    /// <summary>Adds a document that was made here.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public Descriptor Add(string mediaType, ReadOnlySpan<byte> bytes)
    {
        Descriptor descriptor = new(mediaType, Digest.Of(bytes), bytes.Length);
        Add(descriptor, bytes);
        return descriptor;
    }

    /// <summary>Adds a document that came from elsewhere.</summary>
    /// <exception cref="MiniRunException">It is not what the descriptor says.</exception>
    public void Add(Descriptor expected, ReadOnlySpan<byte> bytes)
    {
        using BlobIngest? ingest = Begin(expected, resume: false);
        ingest?.Write(bytes);
        ingest?.Commit();
    }

    /// <summary>
    /// Begins to take contents in; waits while another process takes in the same. Null where they are there already. What a
    /// process before has left of them is continued with.
    /// </summary>
    /// <param name="expected">What they must be.</param>
    /// <param name="resume">Whether they can be had from the middle on, so that a part of them is worth keeping.</param>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public BlobIngest? Begin(Descriptor expected, bool resume = true)
    {
        if (Contains(expected.Digest))
        {
            return null;
        }

        FileLock alone = _locks.Blob(expected.Digest);
        try
        {
            if (Contains(expected.Digest))
            {
                alone.Dispose();
                return null;
            }

            HostDirectory.MakeAll(FolderOf(expected.Digest.Algorithm));
            HostDirectory.MakeAll(_data.Staging);
            FileDescriptor partial = HostFile.Open(StagingPath(expected.Digest), OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_NOFOLLOW | (resume ? 0 : OpenFlags.O_TRUNC), Readable);
            return new BlobIngest(expected, partial, StagingPath(expected.Digest), PathOf(expected.Digest), alone, resume);
        }
        catch
        {
            alone.Dispose();
            throw;
        }
    }

    /// <summary>Takes in contents whose digest is not known before they end, such as a layer that is being packed.</summary>
    /// <param name="mediaType">Their type.</param>
    /// <param name="write">Writes them all to the stream it is given.</param>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public Descriptor AddUnknown(string mediaType, Action<Stream> write)
    {
        HostDirectory.MakeAll(_data.Staging);
        string path = $"{_data.Staging}/new-{Guid.NewGuid():n}";
        try
        {
            using DescriptorStream file = new(HostFile.Open(path, s_newFile, Readable), path);
            using HashingWriteStream contents = new(file);
            write(contents);
            Descriptor descriptor = new(mediaType, Digest.Parse(contents.TakeDigest(), path), contents.Written);
            if (!Contains(descriptor.Digest))
            {
                HostDirectory.MakeAll(FolderOf(descriptor.Digest.Algorithm));
                Faults.Point(FaultPoint.BlobWritten);
                HostDirectory.Rename(path, PathOf(descriptor.Digest));
                Faults.Point(FaultPoint.BlobCommitted);
            }

            return descriptor;
        }
        finally
        {
            HostDirectory.RemoveFile(path);
        }
    }

    /// <summary>All contents there are.</summary>
    internal IReadOnlyList<Digest> List()
    {
        List<Digest> digests = [];
        foreach (string algorithm in (ReadOnlySpan<string>)["sha256", "sha512"])
        {
            string folder = FolderOf(algorithm);
            if (FileStatus.Of(folder) is not { IsDirectory: true })
            {
                continue;
            }

            foreach (string name in HostDirectory.List(folder))
            {
                if (Digest.TryParse($"{algorithm}:{name}") is { } digest)
                {
                    digests.Add(digest);
                }
            }
        }

        return digests;
    }

    /// <summary>Deletes contents; only who is alone in the store may.</summary>
    internal void Remove(Digest digest) => HostDirectory.RemoveFile(PathOf(digest));

    private string FolderOf(string algorithm) => $"{_data.Images}/{LayoutFormat.BlobFolder(algorithm)}";

    private string PathOf(Digest digest) => $"{_data.Images}/{LayoutFormat.BlobPath(digest)}";

    private string StagingPath(Digest digest) => $"{_data.Staging}/blob-{digest.Algorithm}-{digest.Hex}";

    private static MiniRunException Missing(Digest digest, Errno error) =>
        error == Errno.ENOENT
            ? new MiniRunException($"{digest} is missing from the image store, which is damaged: pull or load its image again")
            : new SyscallException("openat", digest.ToString(), error);
}

using MiniRun.Engine.Containers;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime.Lifecycle;

namespace MiniRun.Engine.Copies;

/// <summary>
/// A container's files for as long as something is copied. Of one that runs, what its first process sees, volumes and tmpfs too. It is
/// not paused: everything goes by descriptors below its root, so that what its processes swap meanwhile leads nowhere else, and pausing
/// would only stop those of this container, not those of another that shares its volume. Of one that does not run, its image with
/// what it has changed, by an overlay that nobody else sees; it cannot be started meanwhile where something is written.
/// </summary>
internal sealed class ContainerTree : IDisposable
{
    private readonly IDisposable _holder;
    private readonly string _reference;
    private readonly IReadOnlyList<string> _mounts;
    private readonly bool _readOnly;

    private ContainerTree(IDisposable holder, FileDescriptor root, string reference, IReadOnlyList<string> mounts, bool readOnly)
    {
        _holder = holder;
        Root = root;
        _reference = reference;
        _mounts = mounts;
        _readOnly = readOnly;
    }

    internal FileDescriptor Root { get; }

    internal required IdRanges Uids { get; init; }

    internal required IdRanges Gids { get; init; }

    /// <exception cref="MiniRunException">There is no such container, it is half-made, or is just being started.</exception>
    internal static ContainerTree Open(ContainerStore store, Runtime.Lifecycle.Containers runtime, RunWordsReader read, CopyRequest request, bool writes)
    {
        ContainerSummary container = new LookAtContainer(store, runtime).At(request.Container);
        ContainerRecord record = container.Record ?? throw new MiniRunException($"container {request.Container} is half-made: minirun rm -f {request.Container}");
        if (container.Running)
        {
            ContainerRoot root = runtime.OpenRoot(container.Id);
            return new ContainerTree(root, root.Descriptor, request.Container, [], readOnly: false) { Uids = new IdRanges(root.Uids), Gids = new IdRanges(root.Gids) };
        }

        // Volumes and other mounts are not there to be read or written.
        string[] mounts = record.Run.Count > 0 ? [.. DecidedMounts.RequestOf(record, read).Files.Mounts.Select(static mount => mount.Destination)] : [];
        StoppedRoot stopped = StoppedRoot.Open(store, record, writes);
        return new ContainerTree(stopped, stopped.Descriptor, request.Container, mounts, record.HasOption("--read-only")) { Uids = stopped.Uids, Gids = stopped.Gids };
    }

    /// <summary>What a path inside leads to.</summary>
    /// <exception cref="MiniRunException">It lies in a mount that the container has only while it runs, or among the kernel's own files.</exception>
    internal FoundPath Find(string path, bool follow)
    {
        FoundPath found = PathFinder.Below(Root).Find(CopyPath.Inside(path), follow);
        try
        {
            Check(found.Folder, path);
            Check(found.Handle, path);
            return found;
        }
        catch
        {
            found.Dispose();
            throw;
        }
    }

    /// <summary>docker's words for what is not there.</summary>
    internal MiniRunException NotFound(string path, Errno error = Errno.ENOENT) =>
        new(error == Errno.ENOTDIR ? $"{_reference}:{path}: not a directory" : $"Could not find the file {path} in container {_reference}");

    /// <exception cref="MiniRunException">Nothing can be written there.</exception>
    internal void CheckWritable(FileDescriptor folder, string path)
    {
        FileStatus root = FileStatus.Of(Root, "/");
        bool inRoot = FileStatus.Of(folder, path).MountId == root.MountId;
        if ((inRoot && _readOnly) || FileSystemStatus.Of(folder, path).IsReadOnly)
        {
            throw new MiniRunException(inRoot ? "container rootfs is marked read-only" : "mounted volume is marked read-only");
        }
    }

    public void Dispose() => _holder.Dispose();

    private void Check(FileDescriptor? file, string path)
    {
        if (file is null)
        {
            return;
        }

        if (FileSystemStatus.Of(file, path).IsKernels)
        {
            throw new MiniRunException($"{_reference}:{path} is among the kernel's own files, which are not copied: use minirun exec");
        }

        if (_mounts.Count == 0)
        {
            return;
        }

        string place = HostDirectory.ReadLinkAt(FileDescriptor.Borrow(0), file.ProcPath()) ?? "";
        foreach (string mount in _mounts)
        {
            if (place == mount || place.StartsWith(mount + "/", StringComparison.Ordinal))
            {
                throw new MiniRunException($"{_reference}:{path} is in the mount {mount}, which the container has only while it runs: start it first");
            }
        }
    }
}

using MiniRun.Engine.Images.Names;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Images.Store;

/// <summary>
/// How processes share the image store. Whoever adds images or starts containers shares "use"; only who holds it alone deletes
/// contents. "index" is held for an instant around each change of the names. A blob and a layer are made by one process at a time:
/// the second one waits and finds it there.
/// </summary>
internal sealed class StoreLocks(DataRoot data)
{
    /// <summary>While it is held, nothing disappears from the store.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal FileLock Use() => Within(folder => FileLock.TakeShared(folder, "use"));

    /// <summary>The right to delete contents; null while another process uses the store.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal FileLock? TryAlone() => Within(folder => FileLock.TryTake(folder, "use"));

    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal FileLock Index() => Within(folder => FileLock.Take(folder, "index"));

    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal FileLock Blob(Digest digest) => Within(folder => FileLock.Take(folder, $"blob-{digest.Hex}"));

    /// <exception cref="SyscallException">A kernel call failed.</exception>
    internal FileLock Layer(Digest diffId) => Within(folder => FileLock.Take(folder, $"layer-{diffId.Hex}"));

    /// <summary>Removes the locks of blobs and layers, which pile up; only who is alone may.</summary>
    internal void Clear()
    {
        using FileDescriptor folder = HostFile.OpenDirectory(data.ImageLocks);
        foreach (string name in HostDirectory.List(folder, data.ImageLocks))
        {
            if (name.Contains('-', StringComparison.Ordinal))
            {
                HostDirectory.RemoveFile(folder, name);
            }
        }
    }

    private T Within<T>(Func<FileDescriptor, T> take)
    {
        HostDirectory.MakeAll(data.ImageLocks);
        using FileDescriptor folder = HostFile.OpenDirectory(data.ImageLocks);
        return take(folder);
    }
}

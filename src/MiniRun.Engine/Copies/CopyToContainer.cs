using MiniRun.Engine.Containers;
using MiniRun.Engine.Layers;
using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Copies;

/// <summary>`minirun cp SRC|- CONTAINER:DST`.</summary>
/// <param name="store">The containers.</param>
/// <param name="runtime">Those that run.</param>
/// <param name="read">Reads a record's words, see <see cref="ContainerRecord.Run"/>.</param>
public sealed class CopyToContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime, RunWordsReader read)
{
    /// <summary>Copies a path of the host; the copies are root's inside, or whose the originals are with -a.</summary>
    /// <returns>Bytes of the tar that docker would have made of it.</returns>
    /// <exception cref="MiniRunException">There is no such container or path, or the destination cannot take it.</exception>
    public long Copy(CopyRequest request, string source)
    {
        string place = CopyPath.Absolute(Environment.CurrentDirectory, source);
        using FoundPath from = PathFinder.OfHost.Find(place, request.FollowLink);
        if (from.Handle is null)
        {
            throw new MiniRunException($"lstat {place}: {(from.Error == Errno.ENOTDIR ? "not a directory" : "no such file or directory")}");
        }

        TreePacker.CheckKind(from, place, request.Archive);
        using ContainerTree tree = ContainerTree.Open(store, runtime, read, request, writes: true);
        using FoundPath to = Destination(tree, request);
        CopyTarget target = CopyRules.Target(new CopyPlace(place, true, from.Status.IsDirectory), to.Place);
        FileDescriptor folder = target.IntoDestination ? to.Handle! : to.Folder!;
        tree.CheckWritable(folder, request.Path);
        PackOptions packing = new() { Source = PackSource.InUse, SkipsDevices = !request.Archive, SkipsFifos = !request.Archive };
        string shown = $"{request.Container}:{(target.IntoDestination ? request.Path : CopyPath.Folder(CopyPath.Clean(CopyPath.Inside(request.Path))))}";
        return TarBridge.Carry(tar => TreePacker.Pack(from, target.Name, tar, packing), tar => Unpack(tar, folder, shown, tree, request.Archive));
    }

    /// <summary>Unpacks a tar into a folder of the container.</summary>
    /// <exception cref="MiniRunException">There is no such container or folder, or the tar is damaged.</exception>
    public long Read(CopyRequest request, Stream tar)
    {
        using ContainerTree tree = ContainerTree.Open(store, runtime, read, request, writes: true);
        using FoundPath to = Destination(tree, request);
        if (to.Handle is null || !to.Status.IsDirectory)
        {
            throw new MiniRunException($"destination \"{request.Container}:{request.Path}\" must be a directory");
        }

        tree.CheckWritable(to.Handle, request.Path);
        return Unpack(tar, to.Handle, $"{request.Container}:{request.Path}", tree, request.Archive);
    }

    private static FoundPath Destination(ContainerTree tree, CopyRequest request)
    {
        FoundPath found = tree.Find(request.Path, follow: true);
        bool odd = found.Handle is not null && !found.Status.IsDirectory && !found.Status.IsRegular;
        if (found.Folder is not null && !odd)
        {
            return found;
        }

        using (found)
        {
            throw odd
                ? new MiniRunException($"destination \"{request.Container}:{request.Path}\" must be a directory or a regular file: got a device")
                : tree.NotFound(CopyPath.Folder(CopyPath.Clean(found.Path)), found.Error);
        }
    }

    private static long Unpack(Stream tar, FileDescriptor folder, string shown, ContainerTree tree, bool archive)
    {
        UnpackOptions options = new() { KeepsFolderOwners = !archive };
        return TreeUnpacker.Unpack(tar, folder, shown, options, entry => archive ? Owned(entry, tree) : Roots(entry, tree));
    }

    /// <summary>With -a: the ids are the container's.</summary>
    private static TarEntry Owned(TarEntry entry, ContainerTree tree) => entry with
    {
        Uid = tree.Uids.Outside(entry.Uid) ?? throw Unmapped("user", entry.Uid, entry),
        Gid = tree.Gids.Outside(entry.Gid) ?? throw Unmapped("group", entry.Gid, entry),
    };

    /// <summary>As docker's manual has it: root's. What was to run as another user must not run as root then, and devices are not made.</summary>
    private static TarEntry? Roots(TarEntry entry, ContainerTree tree) => entry.Kind is TarEntryKind.BlockDevice or TarEntryKind.CharacterDevice or TarEntryKind.Fifo
        ? null
        : entry with
        {
            Uid = tree.Uids.Outside(0) ?? throw Unmapped("user", 0, entry),
            Gid = tree.Gids.Outside(0) ?? throw Unmapped("group", 0, entry),
            Mode = entry.Kind == TarEntryKind.Directory ? entry.Mode : entry.Mode & ~((entry.Uid != 0 ? FileModes.S_ISUID : 0) | (entry.Gid != 0 ? FileModes.S_ISGID : 0)),
        };

    private static MiniRunException Unmapped(string kind, uint id, TarEntry entry) =>
        new($"'{FolderEntry.Shown(entry.Name)}' belongs to {kind} {id}, which does not exist in the container's user namespace: leave -a out");
}

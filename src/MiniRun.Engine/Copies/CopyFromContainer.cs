using MiniRun.Engine.Containers;
using MiniRun.Engine.Layers;
using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Copies;

/// <summary>`minirun cp CONTAINER:SRC DST|-`.</summary>
/// <param name="store">The containers.</param>
/// <param name="runtime">Those that run.</param>
/// <param name="read">Reads a record's words, see <see cref="ContainerRecord.Run"/>.</param>
public sealed class CopyFromContainer(ContainerStore store, Runtime.Lifecycle.Containers runtime, RunWordsReader read)
{
    /// <summary>
    /// Copies to a path of the host; the copies are the caller's. Devices are never made there: a container may make a node of any device,
    /// which its own rules keep closed, and give it any mode; on the host it would open the disk to whoever finds it. docker makes them.
    /// </summary>
    /// <param name="leftOut">The devices, where they were asked for (-a).</param>
    /// <returns>Bytes of the tar that docker would have made of it.</returns>
    /// <exception cref="MiniRunException">There is no such container or path, or the destination cannot take it.</exception>
    public long Copy(CopyRequest request, string destination, out LeftOut leftOut)
    {
        string place = CopyPath.Absolute(Environment.CurrentDirectory, destination);
        using FoundPath to = PathFinder.OfHost.Find(place, follow: true);
        CheckDestination(to, place);
        using ContainerTree tree = ContainerTree.Open(store, runtime, read, request, writes: false);
        using FoundPath from = Source(tree, request, devices: false);
        CopyTarget target = CopyRules.Target(new CopyPlace(CopyPath.Inside(request.Path), true, from.Status.IsDirectory), to.Place);
        UnpackOptions options = new() { Ownership = Ownership.Squash };
        PackOptions packing = Packing(tree) with { SkipsDevices = true, SkipsFifos = !request.Archive };
        LeftOut nodes = default;
        long bytes = TarBridge.Carry(
            tar => nodes = TreePacker.Pack(from, target.Name, tar, packing),
            tar => TreeUnpacker.Unpack(tar, target.IntoDestination ? to.Handle! : to.Folder!, target.IntoDestination ? place : CopyPath.Folder(CopyPath.Clean(place)), options, Harmless));
        leftOut = request.Archive ? nodes : default;
        return bytes;
    }

    /// <summary>Writes a tar of it, with owners as the container has them, and its devices: they are only described, and whoever unpacks it decides whether to make them.</summary>
    /// <exception cref="MiniRunException">There is no such container or path.</exception>
    public void Write(CopyRequest request, Stream output)
    {
        using ContainerTree tree = ContainerTree.Open(store, runtime, read, request, writes: false);
        using FoundPath from = Source(tree, request with { Archive = true }, devices: true);
        TreePacker.Pack(from, CopyPath.Base(CopyPath.Inside(request.Path)), output, Packing(tree));
    }

    private static FoundPath Source(ContainerTree tree, CopyRequest request, bool devices)
    {
        FoundPath found = tree.Find(request.Path, request.FollowLink);
        if (found.Handle is not null)
        {
            string shown = $"{request.Container}:{request.Path}";
            if (!devices && found.Status.Type is FileModes.S_IFBLK or FileModes.S_IFCHR)
            {
                throw new MiniRunException($"{shown} is a device, which is not made on the host: with a container's mode it could open the host's own to others; copied to - it comes in a tar");
            }

            TreePacker.CheckKind(found, shown, request.Archive);
            return found;
        }

        using (found)
        {
            throw tree.NotFound(request.Path, found.Error);
        }
    }

    private static PackOptions Packing(ContainerTree tree) => new() { Source = PackSource.InUse, Uid = tree.Uids.Inside, Gid = tree.Gids.Inside };

    /// <summary>
    /// What runs as somebody else inside would run as the caller, who owns the copies: root's copy of a set-user-ID file of a container
    /// would make root of whoever finds it. docker keeps these bits.
    /// </summary>
    private static TarEntry? Harmless(TarEntry entry) => entry.Kind is TarEntryKind.BlockDevice or TarEntryKind.CharacterDevice
        ? null
        : entry with
        {
            Mode = entry.Kind == TarEntryKind.Directory ? entry.Mode : entry.Mode & ~(FileModes.S_ISUID | FileModes.S_ISGID),
            Attributes = [.. entry.Attributes.Where(static attribute => attribute.Name.AsSpan().StartsWith("user."u8))],
        };

    private static void CheckDestination(FoundPath to, string place)
    {
        if (to.Folder is null)
        {
            throw new MiniRunException($"invalid output path: directory \"{CopyPath.Folder(CopyPath.Clean(place))}\" does not exist");
        }

        if (to.Handle is not null && !to.Status.IsDirectory && !to.Status.IsRegular)
        {
            throw new MiniRunException($"invalid output path: \"{place}\" must be a directory or a regular file: got a device");
        }
    }
}

using System.Text;
using MiniRun.Engine.Layers;
using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Copies;

/// <summary>Writes what a path was found to lead to as a tar, under a name.</summary>
internal static class TreePacker
{
    /// <param name="source">What is packed: O_PATH.</param>
    /// <param name="name">The name it gets; "." for what is in a folder.</param>
    /// <param name="target">Stays open.</param>
    /// <param name="options">How.</param>
    /// <returns>What the options have left out.</returns>
    /// <exception cref="MiniRunException">A file changed in a way that cannot be copied.</exception>
    internal static LeftOut Pack(FoundPath source, string name, Stream target, PackOptions options)
    {
        TarWriter writer = new(target);
        FolderPacker packer = new(writer, options, CancellationToken.None);
        if (name == ".")
        {
            using FileDescriptor folder = HostFile.Open(source.Handle!.ProcPath(), OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY);
            packer.Pack(folder);
        }
        else
        {
            packer.Pack(source.Handle!, Encoding.UTF8.GetBytes(name));
        }

        writer.Finish();
        return packer.LeftOut;
    }

    /// <exception cref="MiniRunException">The source itself is what is copied only if it is asked for.</exception>
    internal static void CheckKind(FoundPath source, string shown, bool archive)
    {
        uint type = source.Status.Type;
        if (type == FileModes.S_IFSOCK)
        {
            throw new MiniRunException($"{shown} is a socket, which cannot be copied");
        }

        if (!archive && type is not (FileModes.S_IFDIR or FileModes.S_IFREG or FileModes.S_IFLNK))
        {
            throw new MiniRunException($"{shown} is a device or FIFO: with -a it is copied as such");
        }
    }
}

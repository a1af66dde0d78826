using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>
/// Files of an image that is not mounted: paths are resolved in the stack of its unpacked layers as the container will see
/// them, with whiteouts, opaque folders and symbolic links, all of which stay inside.
/// </summary>
public sealed class LayeredFiles : IDisposable
{
    /// <summary>As many links in one path as the kernel follows.</summary>
    private const int MaxLinks = 40;

    private readonly MergedFolder _root;

    private LayeredFiles(MergedFolder root)
    {
        _root = root;
    }

    /// <summary>Opens the layers' folders, topmost first.</summary>
    /// <exception cref="SyscallException">One is missing.</exception>
    public static LayeredFiles Open(IReadOnlyList<string> layers)
    {
        List<FileDescriptor> opened = [];
        try
        {
            foreach (string layer in layers)
            {
                opened.Add(HostFile.OpenDirectory(layer));
            }
        }
        catch
        {
            new MergedFolder(opened).Dispose();
            throw;
        }

        return new LayeredFiles(new MergedFolder(opened));
    }

    /// <summary>Opens a file for reading; null where there is none, or a folder. A FIFO or device is opened without waiting: look at the status.</summary>
    /// <exception cref="MiniRunException">Too many links, or a kernel call failed.</exception>
    public FileDescriptor? TryOpen(string path)
    {
        using MergedFolder? folder = Find(path, out FileDescriptor? file);
        return file;
    }

    /// <summary>Finds what a path leads to: a folder as all layers show it, or a file opened for reading; neither where there is nothing.</summary>
    /// <exception cref="MiniRunException">Too many links, or a kernel call failed.</exception>
    internal MergedFolder? Find(string path, out FileDescriptor? file)
    {
        Stack<MergedFolder> way = new();
        way.Push(_root);
        Stack<byte[]> ahead = new();
        Add(ahead, Encoding.UTF8.GetBytes(path));
        try
        {
            file = Walk(way, ahead, path, out bool isThere);
            // The root is this object's own.
            return file is null && isThere ? way.Count > 1 ? way.Pop() : _root.Duplicate() : null;
        }
        finally
        {
            while (way.Count > 1)
            {
                way.Pop().Dispose();
            }
        }
    }

    public void Dispose() => _root.Dispose();

    private static FileDescriptor? Walk(Stack<MergedFolder> way, Stack<byte[]> ahead, string path, out bool isThere)
    {
        int links = 0;
        isThere = false;
        while (ahead.TryPop(out byte[]? name))
        {
            if (name.AsSpan().SequenceEqual(".."u8))
            {
                LeaveTo(way, Math.Max(1, way.Count - 1));
                continue;
            }

            MergedFolder? folder = way.Peek().Find(name, out FileDescriptor? layer, out FileStatus status);
            if (folder is not null)
            {
                way.Push(folder);
            }
            else if (layer is null)
            {
                return null;
            }
            else if (status.IsSymbolicLink)
            {
                byte[] target = ++links <= MaxLinks ? FolderEntry.ReadLink(layer, name) : throw new MiniRunException($"{path} in the image leads through more than {MaxLinks} symbolic links");
                LeaveTo(way, target is [(byte)'/', ..] ? 1 : way.Count);
                Add(ahead, target);
            }
            else
            {
                return ahead.Count == 0 ? OpenFile(layer, name, path) : null;
            }
        }

        isThere = true; // a folder, the one entered last
        return null;
    }

    // O_NONBLOCK: a FIFO planted there must not hold minirun up.
    private static FileDescriptor OpenFile(FileDescriptor layer, byte[] name, string path) =>
        FolderEntry.TryOpen(layer, name, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK | OpenFlags.O_NOCTTY, out Errno error) ?? throw new SyscallException("openat", path, error);

    private static void LeaveTo(Stack<MergedFolder> way, int depth)
    {
        while (way.Count > depth)
        {
            way.Pop().Dispose();
        }
    }

    /// <summary>Puts a path's components before what is still ahead.</summary>
    private static void Add(Stack<byte[]> ahead, ReadOnlySpan<byte> path)
    {
        while (!path.IsEmpty)
        {
            int slash = path.LastIndexOf((byte)'/');
            ReadOnlySpan<byte> name = path[(slash + 1)..];
            path = slash < 0 ? [] : path[..slash];
            if (!name.IsEmpty && !name.SequenceEqual("."u8))
            {
                ahead.Push(name.ToArray());
            }
        }
    }
}

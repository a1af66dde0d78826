using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Layers;

/// <summary>
/// A name from a layer as a path below the layer's root: components between single slashes, none of them "." or "..". A
/// leading "/" is taken off, as docker does; ".." is resolved in the name alone, and a name that leaves the root is refused.
/// </summary>
internal readonly ref struct LayerPath
{
    private readonly int _slash;

    private LayerPath(ReadOnlySpan<byte> path)
    {
        Bytes = path;
        _slash = path.LastIndexOf((byte)'/');
    }

    /// <summary>All of it; empty for the root itself.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What is before the last component; empty for the root.</summary>
    public ReadOnlySpan<byte> Folder => _slash < 0 ? [] : Bytes[.._slash];

    /// <summary>The last component.</summary>
    public ReadOnlySpan<byte> Name => Bytes[(_slash + 1)..];

    public bool IsRoot => Bytes.IsEmpty;

    /// <exception cref="MiniRunException">The name leaves the root, or has a component that no file system takes.</exception>
    public static LayerPath Of(ReadOnlySpan<byte> name)
    {
        byte[] path = new byte[name.Length];
        int length = 0;
        for (ReadOnlySpan<byte> rest = name; !rest.IsEmpty;)
        {
            int slash = rest.IndexOf((byte)'/');
            ReadOnlySpan<byte> component = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? [] : rest[(slash + 1)..];
            if (component.IsEmpty || component.SequenceEqual("."u8))
            {
                continue;
            }

            if (component.SequenceEqual(".."u8))
            {
                length = length > 0 ? Math.Max(path.AsSpan(0, length).LastIndexOf((byte)'/'), 0) : throw new MiniRunException($"the name '{FolderEntry.Shown(name)}' leaves the layer");
                continue;
            }

            CheckComponent(component, name);
            if (length > 0)
            {
                path[length++] = (byte)'/';
            }

            component.CopyTo(path.AsSpan(length));
            length += component.Length;
        }

        return new LayerPath(path.AsSpan(0, length));
    }

    private static void CheckComponent(ReadOnlySpan<byte> component, ReadOnlySpan<byte> name)
    {
        // NAME_MAX of linux/limits.h.
        if (component.Length > 255)
        {
            throw new MiniRunException($"the name '{FolderEntry.Shown(name)}' has a component of more than 255 bytes");
        }

        if (component.Contains((byte)0))
        {
            throw new MiniRunException($"the name '{FolderEntry.Shown(name)}' holds a NUL byte");
        }
    }
}

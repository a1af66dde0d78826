using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Layers;

/// <summary>How layers say that something is deleted (OCI image spec, "Whiteouts"; the names are those of aufs).</summary>
internal static class Whiteout
{
    public static ReadOnlySpan<byte> Prefix => ".wh."u8;

    /// <summary>In a folder: it hides all that layers below have in it.</summary>
    public static ReadOnlySpan<byte> OpaqueName => ".wh..wh..opq"u8;

    // What aufs kept for itself in its layers; docker passes over all of them.
    private static ReadOnlySpan<byte> AufsPrefix => ".wh..wh."u8;

    public static bool IsMarked(ReadOnlySpan<byte> name) => name.StartsWith(Prefix);

    public static bool IsOpaque(ReadOnlySpan<byte> name) => name.SequenceEqual(OpaqueName);

    /// <summary>The name that a marked one deletes; empty where it deletes nothing.</summary>
    /// <exception cref="MiniRunException">It would delete the folder it is in, or the one above.</exception>
    public static ReadOnlySpan<byte> DeletedName(LayerPath path)
    {
        ReadOnlySpan<byte> name = path.Name;
        if (name.StartsWith(AufsPrefix))
        {
            return [];
        }

        ReadOnlySpan<byte> deleted = name[Prefix.Length..];
        return deleted.IsEmpty || deleted.SequenceEqual("."u8) || deleted.SequenceEqual(".."u8)
            ? throw new MiniRunException($"the whiteout '{FolderEntry.Shown(path.Bytes)}' names nothing that can be deleted")
            : deleted;
    }
}

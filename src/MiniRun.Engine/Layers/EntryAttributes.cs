using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>A file's extended attributes as a layer keeps them, and what overlayfs has written there for itself.</summary>
internal readonly record struct EntryAttributes(IReadOnlyList<TarAttribute> Kept, bool IsOpaque)
{
    /// <summary>Reads them, in the order of their names' bytes.</summary>
    /// <param name="upper">Of an upper folder: what its overlay believes; null for other files.</param>
    /// <exception cref="MiniRunException">Of an upper folder: what is there is only half of a file, or stands for another path.</exception>
    public static EntryAttributes Of(FileDescriptor file, byte[] path, OverlayAttributes? upper)
    {
        List<TarAttribute>? kept = null;
        bool opaque = false;
        for (ReadOnlySpan<byte> names = FileMetadata.AttributeNames(file, FolderEntry.Shown(path)); !names.IsEmpty;)
        {
            int end = names.IndexOf((byte)0);
            ReadOnlySpan<byte> name = names[..end];
            names = names[(end + 1)..];
            // A PAX record's key ends at the first "=".
            if (AppliedAttributes.IsAllowed(name) && !name.Contains((byte)'=') && FileMetadata.Attribute(file, name) is { } value)
            {
                (kept ??= []).Add(new TarAttribute(name.ToArray(), value));
            }
            else if (upper is { } believed && OverlayPart(name, believed) is { IsEmpty: false } part)
            {
                opaque |= part.SequenceEqual("opaque"u8) && FileMetadata.Attribute(file, name) is [(byte)'y'];
                CheckWhole(part, path);
            }
        }

        kept?.Sort(static (a, b) => a.Name.AsSpan().SequenceCompareTo(b.Name));
        return new EntryAttributes(kept ?? [], opaque);
    }

    /// <summary>minirun mounts without these features, so the folder is not minirun's work.</summary>
    private static void CheckWhole(ReadOnlySpan<byte> part, byte[] path)
    {
        if (part.SequenceEqual("redirect"u8) || part.SequenceEqual("metacopy"u8))
        {
            throw new MiniRunException($"'{FolderEntry.Shown(path)}' was written by an overlay with the option {(part.SequenceEqual("metacopy"u8) ? "metacopy" : "redirect_dir")}: it needs its lower layers to be read, and is not packed");
        }
    }

    private static ReadOnlySpan<byte> OverlayPart(ReadOnlySpan<byte> name, OverlayAttributes believed)
    {
        ReadOnlySpan<byte> prefix = OverlayMarks.Prefix(believed);
        return name.StartsWith(prefix) ? name[prefix.Length..] : [];
    }
}

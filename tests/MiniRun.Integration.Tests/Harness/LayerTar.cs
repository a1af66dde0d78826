using System.Formats.Tar;
using System.Text;

namespace MiniRun.Integration.Tests.Harness;

/// <summary>A layer's tar, made entry by entry, with what no folder has: whiteouts, hard links, capabilities.</summary>
public sealed class LayerTar
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const int EndOfTar = 1024;

    private readonly List<byte> bytes = [];

    /// <summary>Adds a folder.</summary>
    public LayerTar Folder(string name) => Add(new PaxTarEntry(TarEntryType.Directory, name));

    /// <summary>Adds a file with a text.</summary>
    public LayerTar File(string name, string text, int owner = 0) =>
        Add(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)), Uid = owner });

    /// <summary>Adds a file with extended attributes, by their names in tars (SCHILY.xattr.NAME).</summary>
    public LayerTar File(string name, byte[] contents, IEnumerable<KeyValuePair<string, string>> attributes) =>
        Add(new PaxTarEntry(TarEntryType.RegularFile, name, attributes) { DataStream = new MemoryStream(contents) });

    /// <summary>Adds one more name of a file before it.</summary>
    public LayerTar HardLink(string name, string target) => Add(new PaxTarEntry(TarEntryType.HardLink, name) { LinkName = target });

    /// <summary>The tar, with its end.</summary>
    public byte[] Finish() => [.. bytes, .. new byte[EndOfTar]];

    private LayerTar Add(PaxTarEntry entry)
    {
        entry.Mode = Mode;
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        using MemoryStream one = new();
        using (TarWriter tar = new(one, TarEntryFormat.Pax, leaveOpen: true))
        {
            tar.WriteEntry(entry);
        }

        // Without the end of the tar that the writer puts after each.
        bytes.AddRange(one.GetBuffer().AsSpan(0, (int)one.Length - EndOfTar));
        return this;
    }
}

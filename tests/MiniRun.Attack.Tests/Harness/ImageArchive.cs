using System.Formats.Tar;

namespace MiniRun.Attack.Tests.Harness;

/// <summary>An image archive with one hostile layer, given to `minirun load`.</summary>
internal sealed class ImageArchive(ContainerHost host, string folder)
{
    /// <summary>The layout that is packed, to be spoilt before.</summary>
    internal string Layout { get; } = $"{folder}/layout";

    /// <summary>Makes a layout of these layers.</summary>
    internal ImageArchive Of(params byte[][] layers)
    {
        OciImageFolder image = new(Layout);
        foreach (byte[] layer in layers)
        {
            image.Layer(layer);
        }

        image.Finish("{}", "hostile:1");
        return this;
    }

    internal ProgramResult Load()
    {
        host.Program("tar", "-C", Layout, "-cf", $"{folder}/image.tar", ".").Succeeded();
        return host.Run("load", "-i", $"{folder}/image.tar");
    }

    /// <summary>A tar of these entries, with whatever names and targets they have.</summary>
    internal static byte[] Tar(params TarEntry[] entries)
    {
        using MemoryStream bytes = new();
        using (TarWriter tar = new(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (TarEntry entry in entries)
            {
                tar.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    internal static TarEntry File(string name, string contents) => new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(contents)) };

    internal static TarEntry Folder(string name) => new PaxTarEntry(TarEntryType.Directory, name);

    internal static TarEntry Link(string name, string target) => new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target };

    internal static TarEntry HardLink(string name, string target) => new PaxTarEntry(TarEntryType.HardLink, name) { LinkName = target };
}

using System.Text;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Layers;
using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Archives;

/// <summary>
/// The files of an image archive, by name. They come as a stream in any order, so they are laid down first: under numbers, so that
/// no name in the archive is ever a path here.
/// </summary>
internal sealed class ArchiveFiles : IDisposable
{
    private const int MaxLinks = 8;
    // All names are held at once. Those of an image's archive are digests with a folder or two.
    private static readonly TarLimits s_limits = new() { MaxEntries = 100_000, MaxNameLength = 512 };

    private readonly StagingFolder _folder;
    private int _count;
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);

    private ArchiveFiles(StagingFolder folder)
    {
        _folder = folder;
    }

    /// <summary>Reads an archive to its end, compressed or not.</summary>
    /// <exception cref="MiniRunException">It is no tar, or the disk is full.</exception>
    internal static ArchiveFiles Read(Stream archive, string staging)
    {
        ArchiveFiles files = new(StagingFolder.Make(staging));
        try
        {
            using Stream tar = LayerCompression.Decompress(archive);
            files.TakeAll(new TarReader(tar, s_limits));
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    internal bool Contains(string name) => Resolve(name) is not null;

    /// <summary>Opens a file.</summary>
    /// <exception cref="MiniRunException">There is none of that name.</exception>
    internal Stream Open(string name) => new DescriptorStream(OpenFile(name), name);

    /// <summary>The size of a file in bytes.</summary>
    /// <exception cref="MiniRunException">There is none of that name.</exception>
    internal long SizeOf(string name)
    {
        using FileDescriptor file = OpenFile(name);
        return (long)FileStatus.Of(file, name).Size;
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="MiniRunException">There is none of that name, or it is larger than <see cref="DocumentReader.MaxSize"/>.</exception>
    internal byte[] ReadDocument(string name)
    {
        using FileDescriptor file = OpenFile(name);
        return HostFile.ReadBounded(file, name, DocumentReader.MaxSize);
    }

    public void Dispose() => _folder.Dispose();

    private FileDescriptor OpenFile(string name) =>
        HostFile.Open(Resolve(name) ?? throw new MiniRunException($"the archive has no file {name}: it is no whole image archive"), OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW);

    /// <summary>Docker's older archives have a layer once and links to it elsewhere.</summary>
    private string? Resolve(string name)
    {
        for (int i = 0; i < MaxLinks && _links.TryGetValue(name, out string? target); i++)
        {
            name = target;
        }

        return _paths.GetValueOrDefault(name);
    }

    private void TakeAll(TarReader tar)
    {
        while (tar.Next() is { } entry)
        {
            string name = SlashPath.Normalized(Encoding.UTF8.GetString(entry.Name));
            if (entry.Kind is TarEntryKind.SymbolicLink)
            {
                _links[name] = Target(name, Encoding.UTF8.GetString(entry.LinkName));
            }
            else if (entry.Kind is TarEntryKind.HardLink)
            {
                _links[name] = SlashPath.Normalized(Encoding.UTF8.GetString(entry.LinkName));
            }
            else if (entry is { Kind: TarEntryKind.File, Sparse: null })
            {
                _paths[name] = Take(tar);
            }
        }
    }

    /// <summary>What a symbolic link of this name points to.</summary>
    private static string Target(string name, string target)
    {
        int slash = name.LastIndexOf('/');
        return SlashPath.Normalized(target.StartsWith('/') || slash < 0 ? target : $"{name[..slash]}/{target}");
    }

    private string Take(TarReader tar)
    {
        string path = $"{_folder.Path}/{_count++}";
        using FileDescriptor file = HostFile.Open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC | OpenFlags.O_NOFOLLOW, 0x180);
        while (tar.NextData() is { IsEmpty: false } data)
        {
            HostFile.WriteAll(file, data, path);
        }

        return path;
    }
}

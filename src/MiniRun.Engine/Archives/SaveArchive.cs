using System.Formats.Tar;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;

namespace MiniRun.Engine.Archives;

/// <summary>
/// `minirun save`: images as one archive that is an OCI image layout and, by its manifest.json, docker's format as well, so that every
/// tool reads it. The same images give the same bytes.
/// </summary>
public sealed class SaveArchive(ImageStore store)
{
    private const int MaxPlainName = 100;
    private const long MaxPlainSize = 8L << 30;

    /// <summary>Writes images, given by name or id; those given by id have no name in the archive.</summary>
    /// <exception cref="MiniRunException">There is no such image.</exception>
    public void Save(IReadOnlyList<string> names, Stream archive)
    {
        using IDisposable use = store.Use();
        List<SavedImage> images = [];
        foreach (string name in names)
        {
            images.Add(Find(name));
        }

        using TarWriter tar = new(archive, TarEntryFormat.Pax, leaveOpen: true);
        WriteFile(tar, LayoutFormat.MarkerFile, LayoutFormat.Marker.ToArray());
        HashSet<Digest> written = [];
        foreach (SavedImage saved in images)
        {
            foreach (Descriptor blob in (IEnumerable<Descriptor>)[.. saved.Image.Manifest.Layers, saved.Image.Manifest.Config, saved.Image.ManifestDescriptor])
            {
                if (written.Add(blob.Digest))
                {
                    WriteBlob(tar, blob);
                }
            }
        }

        WriteFile(tar, LayoutFormat.IndexFile, DocumentWriter.Write(new ImageIndex(MediaTypes.OciIndex, images.ConvertAll(Descriptor))));
        WriteFile(tar, DockerImageEntry.File, DockerManifest(images));
    }

    private SavedImage Find(string text)
    {
        StoredReference reference = new ImageSearch(store).Get(text);
        return new SavedImage(store.Open(reference), ImageSearch.MeansName(text, reference) ? reference.Name : null);
    }

    private static Descriptor Descriptor(SavedImage saved) => saved.Name is not { Tag: { } tag } name
        ? saved.Image.ManifestDescriptor
        : saved.Image.ManifestDescriptor with { Annotations = new Dictionary<string, string> { [LayoutFormat.FullNameKey] = name.ToString(), [LayoutFormat.NameKey] = tag } };

    private static byte[] DockerManifest(IReadOnlyList<SavedImage> images) => DocumentWriter.Array(json =>
    {
        foreach (SavedImage saved in images)
        {
            json.WriteStartObject();
            json.WriteString("Config"u8, LayoutFormat.BlobPath(saved.Image.Manifest.Config.Digest));
            json.WriteStartArray("RepoTags"u8);
            if (saved.Name is { Tag: not null } name)
            {
                json.WriteStringValue(name.Familiar);
            }

            json.WriteEndArray();
            json.WriteStartArray("Layers"u8);
            foreach (Descriptor layer in saved.Image.Manifest.Layers)
            {
                json.WriteStringValue(LayoutFormat.BlobPath(layer.Digest));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    });

    private void WriteBlob(TarWriter tar, Descriptor blob)
    {
        using Stream contents = store.Blobs.OpenRead(blob.Digest);
        Write(tar, LayoutFormat.BlobPath(blob.Digest), contents);
    }

    private static void WriteFile(TarWriter tar, string name, byte[] bytes)
    {
        using MemoryStream data = new(bytes);
        Write(tar, name, data);
    }

    private static void Write(TarWriter tar, string name, Stream data)
    {
        // ustar is what every reader knows, and holds no more than this.
        bool plain = name.Length <= MaxPlainName && data.Length < MaxPlainSize;
        TarEntry entry = plain ? new UstarTarEntry(TarEntryType.RegularFile, name) : new PaxTarEntry(TarEntryType.RegularFile, name);
        entry.DataStream = data;
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        entry.Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        tar.WriteEntry(entry);
    }

    private sealed record SavedImage(StoredImage Image, ImageReference? Name);
}

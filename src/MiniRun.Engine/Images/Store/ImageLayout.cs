using MiniRun.Engine.Images.Documents;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Runtime.Launch;

namespace MiniRun.Engine.Images.Store;

/// <summary>The layout's own two files (image-spec, image-layout.md): oci-layout, and index.json, which holds the names.</summary>
internal sealed class ImageLayout(DataRoot data, StoreLocks locks)
{
    private const int MaxIndexSize = 64 << 20;
    private const uint Readable = 0x1a4; // 0644

    private string IndexPath => $"{data.Images}/{LayoutFormat.IndexFile}";

    /// <summary>All names and the manifests they stand for; empty where nothing was ever stored.</summary>
    /// <exception cref="MiniRunException">The index is damaged.</exception>
    internal IReadOnlyList<StoredReference> Read()
    {
        if (FileStatus.Of(IndexPath) is null)
        {
            return [];
        }

        List<StoredReference> references = [];
        foreach (Descriptor descriptor in DocumentReader.ReadLayoutIndex(HostFile.ReadBounded(IndexPath, MaxIndexSize), IndexPath))
        {
            references.Add(StoredReference.Of(descriptor));
        }

        return references;
    }

    /// <summary>Changes the names: the function is given those there are and returns those there shall be.</summary>
    /// <exception cref="MiniRunException">The index is damaged, or cannot be written.</exception>
    internal void Change(Func<IReadOnlyList<StoredReference>, IReadOnlyList<StoredReference>> change)
    {
        HostDirectory.MakeAll(data.Images);
        using FileLock alone = locks.Index();
        string marker = $"{data.Images}/{LayoutFormat.MarkerFile}";
        if (FileStatus.Of(marker) is null)
        {
            FileReplacement.Write(marker, LayoutFormat.Marker, Readable);
        }

        List<Descriptor> descriptors = [];
        foreach (StoredReference reference in change(Read()))
        {
            descriptors.Add(reference.ToDescriptor());
        }

        FileReplacement.Write(IndexPath, DocumentWriter.Write(new ImageIndex(MediaTypes.OciIndex, descriptors)), Readable, durable: true);
        Faults.Point(FaultPoint.ImageNamed);
    }
}

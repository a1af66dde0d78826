using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;

namespace MiniRun.Engine.Archives;

/// <summary>
/// `minirun load`: images from an archive, which is an OCI image layout or docker's own format (or both, as docker writes it since
/// version 25), plain or compressed: what docker, podman and skopeo save, and `dotnet publish /t:PublishContainer` makes.
/// </summary>
public sealed class LoadArchive(ImageStore store)
{
    /// <summary>Takes all images in; every blob and every layer is verified.</summary>
    /// <param name="archive">Read to its end.</param>
    /// <param name="platform">Which of several images of one name to take; null is this machine's.</param>
    /// <returns>What is in the store now, by name or, without one, by id.</returns>
    /// <exception cref="MiniRunException">It is no image archive, or damaged.</exception>
    public IReadOnlyList<LoadedImage> Load(Stream archive, Platform? platform)
    {
        using IDisposable use = store.Use();
        store.RemoveDead();
        using ArchiveFiles files = ArchiveFiles.Read(archive, store.Staging);
        IReadOnlyList<DockerImageEntry> entries = files.Contains(DockerImageEntry.File)
            ? DockerImageEntry.Read(files.ReadDocument(DockerImageEntry.File), DockerImageEntry.File)
            : [];
        return files.Contains(LayoutFormat.IndexFile) ? new LayoutLoad(store, files, entries, platform ?? Platform.Host).Load()
            : entries.Count > 0 ? new DockerLoad(store, files).Load(entries)
            : throw new MiniRunException($"the archive has neither {LayoutFormat.IndexFile} nor {DockerImageEntry.File}: it is no image archive; a root file system's tar is taken in by minirun import");
    }
}

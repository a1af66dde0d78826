using MiniRun.Engine.Containers;
using MiniRun.Engine.Images;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Volumes;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Runtime;

namespace MiniRun.Engine.Inspection;

/// <summary>What the words that made containers and the images they are made of say. Each image is read once, however many containers there are of it.</summary>
/// <param name="store">The containers.</param>
/// <param name="read">Reads a record's words, see <see cref="ContainerRecord.Run"/>.</param>
public sealed class ContainerFacts(ContainerStore store, RunWordsReader read)
{
    private readonly ImageStore _images = new(store.Data);
    private readonly Dictionary<string, ImageFacts> _known = [];

    public ContainerStore Store => store;

    /// <summary>What was asked for; of a container that a build or an older version made, only its image and command are known.</summary>
    /// <exception cref="MiniRunException">The words are none that this version understands.</exception>
    public RunRequest Request(ContainerRecord record) => record.Run.Count > 0 ? read(record.Run) : new RunRequest { Image = record.Image, Command = record.Command };

    /// <summary>What is mounted in it of the host, with the names and places that were decided when it was made.</summary>
    /// <exception cref="MiniRunException">The words are none that this version understands.</exception>
    public IReadOnlyList<MountPoint> Mounts(ContainerRecord record) => record.Run.Count > 0
        ? MountPoint.Of(DecidedMounts.RequestOf(record, read).Files.Mounts, new VolumeStore(store.Data))
        : [];

    /// <summary>The image; without anything where it is not here any more, or damaged: that must not hide the container.</summary>
    public ImageFacts Image(ContainerRecord record)
    {
        string key = record.Manifest?.ToString() ?? record.Image;
        if (!_known.TryGetValue(key, out ImageFacts? facts))
        {
            facts = Read(record);
            _known.Add(key, facts);
        }

        return facts;
    }

    /// <summary>What a container has written over its image; null where that cannot be read.</summary>
    public ContainerSize? Size(ContainerId id, ContainerRecord record)
    {
        string folder = store.FolderOf(id);
        long image = Image(record).Size;
        try
        {
            if (IsCopied(id))
            {
                long all = TreeSize.Of($"{folder}/{CopiedRoot}");
                return new ContainerSize(Math.Max(0, all - image), all);
            }

            long written = TreeSize.Of($"{folder}/upper");
            return new ContainerSize(written, written + image);
        }
        catch (SyscallException)
        {
            return null;
        }
    }

    /// <summary>Whether the container has a copy of its image, because overlayfs was impossible.</summary>
    internal bool IsCopied(ContainerId id) => FileStatus.Of($"{store.FolderOf(id)}/{CopiedRoot}") is not null;

    internal const string CopiedRoot = "rootfs";

    private ImageFacts Read(ContainerRecord record)
    {
        try
        {
            return RecordedImage.Stored(store.Data, record) is { } stored ? OfStore(stored) : OfSample(record.Image);
        }
        catch (MiniRunException)
        {
            return new ImageFacts();
        }
    }

    private ImageFacts OfStore(StoredImage image)
    {
        long size = 0;
        List<string> layers = [];
        foreach (Digest diffId in image.Document.DiffIds)
        {
            size += _images.Layers.SizeOf(diffId);
            layers.Insert(0, _images.Layers.PathOf(diffId));
        }

        return new ImageFacts { Id = image.Id, Config = image.Document.Config, DiffIds = image.Document.DiffIds, Layers = layers, Size = size };
    }

    private ImageFacts OfSample(string name) => new SampleImages(store.Data).TryFind(name) is { } sample
        ? new ImageFacts { Config = sample.Config, Layers = sample.Layers, Size = sample.Layers.Sum(TreeSize.Of) }
        : new ImageFacts();
}

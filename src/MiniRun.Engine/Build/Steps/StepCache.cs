using System.Globalization;
using System.Text;
using MiniRun.Engine.Build.Stages;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Build.Steps;

/// <summary>
/// Remembers which layer a step has made, by the step's key: a small file each. The layer itself is kept by the image store
/// alone; an entry whose layer is gone, or that is damaged, counts as none.
/// </summary>
internal sealed class StepCache(DataRoot data, ImageStore store)
{
    private const int MaxSize = 1024;

    internal CachedStep? Find(StepKey key)
    {
        string path = PathOf(key);
        if (FileStatus.Of(path) is not { IsRegular: true })
        {
            return null;
        }

        string[] lines = HostFile.ReadText(path, MaxSize).Split('\n');
        return lines.Length == 6 && lines[5].Length == 0 ? Read(lines) : null;
    }

    internal void Add(StepKey key, CachedStep step)
    {
        HostDirectory.MakeAll(data.BuildCache);
        BuiltLayer layer = step.Layer;
        string text = string.Create(CultureInfo.InvariantCulture, $"{layer.DiffId}\n{layer.Blob.Digest}\n{layer.Blob.Size}\n{layer.Blob.MediaType}\n{step.Created.UtcTicks}\n");
        FileReplacement.Write(PathOf(key), Encoding.ASCII.GetBytes(text));
    }

    private CachedStep? Read(string[] lines)
    {
        bool numbers = long.TryParse(lines[2], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            & long.TryParse(lines[4], NumberStyles.None, CultureInfo.InvariantCulture, out long created);
        if (!numbers || Digest.TryParse(lines[0]) is not { } diffId || Digest.TryParse(lines[1]) is not { } blob)
        {
            return null;
        }

        return store.Layers.Contains(diffId) && store.Blobs.SizeOf(blob) == size
            ? new CachedStep(new BuiltLayer(new Descriptor(lines[3], blob, size), diffId), new DateTimeOffset(created, TimeSpan.Zero))
            : null;
    }

    private string PathOf(StepKey key) => $"{data.BuildCache}/{key.Hex}";
}

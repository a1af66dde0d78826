using System.Globalization;
using System.Text;
using MiniRun.Engine.Build.Stages;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Images.Store;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Steps;

/// <summary>
/// Remembers which layer a step has made, by the step's key: a small file each. The layer itself is kept by the image store
/// alone; an entry whose layer is gone, or that is damaged, counts as none.
/// </summary>
internal sealed class StepCache(DataRoot data, ImageStore store)
{
    private const int MaxSize = 1024;
    private const string Lock = "lock";

    internal CachedStep? Find(StepKey key) => Read(PathOf(key));

    internal void Add(StepKey key, CachedStep step)
    {
        HostDirectory.MakeAll(data.BuildCache);
        using FileDescriptor folder = HostFile.OpenDirectory(data.BuildCache);

        // Two builds may have made the same step, and would write the same temporary file.
        using FileLock alone = FileLock.Take(folder, Lock);
        BuiltLayer layer = step.Layer;
        string text = string.Create(CultureInfo.InvariantCulture, $"{layer.DiffId}\n{layer.Blob.Digest}\n{layer.Blob.Size}\n{layer.Blob.MediaType}\n{step.Created.UtcTicks}\n");
        FileReplacement.Write(folder, key.Hex, Encoding.ASCII.GetBytes(text));
    }

    /// <summary>Removes the entries that count as none, as their layers went with the images they were part of; or all, which costs a build that runs no more than time.</summary>
    /// <returns>Their keys, and the bytes they took.</returns>
    /// <exception cref="MiniRunException">One cannot be read or removed.</exception>
    internal (IReadOnlyList<string> Keys, long Bytes) Prune(bool all)
    {
        List<string> keys = [];
        long bytes = 0;
        if (FileStatus.Of(data.BuildCache) is not { IsDirectory: true })
        {
            return (keys, bytes);
        }

        using FileDescriptor folder = HostFile.OpenDirectory(data.BuildCache);
        using FileLock alone = FileLock.Take(folder, Lock);
        foreach (string name in HostDirectory.List(folder, data.BuildCache))
        {
            if (name != Lock && (all || Read($"{data.BuildCache}/{name}") is null))
            {
                bytes += (long)(FileStatus.OfEntry(folder, name)?.Size ?? 0);
                HostDirectory.RemoveFile(folder, name);
                keys.Add(name);
            }
        }

        return (keys, bytes);
    }

    /// <summary>How many entries there are, and the bytes they take.</summary>
    /// <exception cref="MiniRunException">The folder cannot be read.</exception>
    internal (int Count, long Bytes) Size()
    {
        (int count, long bytes) = (0, 0);
        if (FileStatus.Of(data.BuildCache) is { IsDirectory: true })
        {
            using FileDescriptor folder = HostFile.OpenDirectory(data.BuildCache);
            foreach (string name in HostDirectory.List(folder, data.BuildCache))
            {
                if (name != Lock && FileStatus.OfEntry(folder, name) is { } entry)
                {
                    count++;
                    bytes += (long)entry.Size;
                }
            }
        }

        return (count, bytes);
    }

    private CachedStep? Read(string path)
    {
        if (FileStatus.Of(path) is not { IsRegular: true, Size: <= MaxSize })
        {
            return null;
        }

        string[] lines = HostFile.ReadText(path, MaxSize).Split('\n');
        return lines.Length == 6 && lines[5].Length == 0 ? Read(lines) : null;
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

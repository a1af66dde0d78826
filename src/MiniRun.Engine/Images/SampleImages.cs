using MiniRun.Engine.Images.Documents;
using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Images;

/// <summary>Finds images by name among the built samples (rootfs-samples/), which need no registry.</summary>
public sealed class SampleImages(DataRoot data)
{
    /// <summary>Finds a sample; ":latest" is what every sample is. Null where there is none of that name.</summary>
    /// <exception cref="MiniRunException">What it says of its program is damaged.</exception>
    public Image? TryFind(string reference)
    {
        string name = reference.EndsWith(":latest", StringComparison.Ordinal) ? reference[..^":latest".Length] : reference;
        return IsName(name) ? Open($"{data.Samples}/{name}", name) ?? Open($"{DataRoot.SystemSamples}/{name}", name) : null;
    }

    /// <summary>The samples that are built, for a message.</summary>
    public string Known()
    {
        List<string> there = [];
        if (FileStatus.Of(data.Samples) is { IsDirectory: true })
        {
            foreach (string entry in HostDirectory.List(data.Samples))
            {
                if (IsName(entry))
                {
                    there.Add(entry);
                }
            }
        }

        there.Sort(StringComparer.Ordinal);
        return there.Count == 0 ? "no sample is built yet" : $"there are {string.Join(", ", there)}";
    }

    private static Image? Open(string folder, string name)
    {
        FileStatus? rootfs;
        try
        {
            rootfs = FileStatus.Of($"{folder}/rootfs");
        }
        catch (MiniRunException)
        {
            // Root's samples may be closed to this user, who then has none of that name.
            return null;
        }

        return rootfs is { IsDirectory: true } ? new Image(name, [$"{folder}/rootfs"], ReadConfig($"{folder}/image.json")) : null;
    }

    private static ImageConfig ReadConfig(string file) =>
        FileStatus.Of(file) is null ? new ImageConfig() : ImageConfigReader.Read(HostFile.ReadBounded(file, ImageConfigReader.MaxSize), file);

    private static bool IsName(string name)
    {
        if (name.Length is 0 or > 128 || !char.IsAsciiLetterOrDigit(name[0]))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}

using MiniRun.Engine.Images.Documents;
using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Images;

/// <summary>
/// Finds images by name among the built samples (rootfs-samples/). Pulled images, when they come, are looked up here
/// first: everything behind this knows only <see cref="Image"/>.
/// </summary>
public sealed class SampleImages(DataRoot data)
{
    /// <summary>Finds an image; ":latest" is what every sample is.</summary>
    /// <exception cref="MiniRunException">There is none of that name; the message says how to make it.</exception>
    public Image Find(string reference)
    {
        string name = reference.EndsWith(":latest", StringComparison.Ordinal) ? reference[..^":latest".Length] : reference;
        if (!IsName(name))
        {
            throw new MiniRunException($"invalid image name \"{reference}\": give a sample's name, such as busybox (pulling images comes with a later version)");
        }

        return Open($"{data.Samples}/{name}", name) ?? Open($"{DataRoot.SystemSamples}/{name}", name) ?? throw NotFound(name);
    }

    private MiniRunException NotFound(string name)
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
        string known = there.Count == 0 ? "no sample is built yet" : $"there are {string.Join(", ", there)}";
        return new MiniRunException($"Unable to find image '{name}' in {data.Samples}: {known}; build one with scripts/sample.sh busybox (pulling images comes with a later version)");
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

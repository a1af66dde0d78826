using MiniRun.Engine.Images.Names;
using MiniRun.Engine.Volumes;
using MiniRun.Runtime;

namespace MiniRun.Engine.Containers;

/// <summary>What the engine remembers of a container (container.json); whether it runs is the runtime's to say.</summary>
public sealed record ContainerRecord
{
    public required ContainerId Id { get; init; }

    public required string Name { get; init; }

    public required string Image { get; init; }

    /// <summary>The image's manifest, whose layers the container lies on; null for a sample.</summary>
    public Digest? Manifest { get; init; }

    /// <summary>The program and its arguments, as executed.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The words behind `minirun run` that made it, but for its name, see <see cref="RunWords"/>; empty where it was not made by them (a step of a build), so that it cannot be started again.</summary>
    public IReadOnlyList<string> Run { get; init; } = [];

    /// <summary>Its mounts as they were decided when it was made, in words of `minirun run`: volumes have names, and those of other containers are its own. Null where an older minirun made it.</summary>
    public IReadOnlyList<string>? Mounts { get; init; }

    /// <summary>
    /// Where its mounts' sources on the host are, by destination: links resolved once, when it was made, see <see cref="HostSources"/>. None for
    /// those that minirun keeps, and where an older minirun made it.
    /// </summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = new Dictionary<string, string>();

    /// <summary>The volumes among its mounts.</summary>
    public IReadOnlyList<RecordedVolume> Volumes { get; init; } = [];

    /// <summary>The images among its mounts.</summary>
    public IReadOnlyList<RecordedImageMount> MountedImages { get; init; } = [];

    /// <summary>The ids of the host that it has; null where root has given it none of its own, and where an older minirun made it.</summary>
    public RecordedIds? Ids { get; init; }

    /// <summary>Whether it was asked for with this option, written as <see cref="RunWords"/> writes it.</summary>
    public bool HasOption(string option)
    {
        foreach (string word in OptionWords())
        {
            if (word == option)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The values of an option such as "--label", in their order; reading all words of many containers would take longer.</summary>
    public IReadOnlyList<string> OptionValues(string option)
    {
        List<string> values = [];
        foreach (string word in OptionWords())
        {
            if (word.Length > option.Length && word[option.Length] == '=' && word.StartsWith(option, StringComparison.Ordinal))
            {
                values.Add(word[(option.Length + 1)..]);
            }
        }

        return values;
    }

    /// <summary>What stands before the image: what follows it is the program's.</summary>
    private IEnumerable<string> OptionWords() => Run.TakeWhile(static word => word.StartsWith("--", StringComparison.Ordinal));
}

using MiniRun.Engine.Options;
using MiniRun.Engine.Volumes;

namespace MiniRun.Engine.Inspection;

/// <summary>Something of the host that a container has among its files, as docker counts such: a file system in memory is none.</summary>
public sealed record MountPoint
{
    private const string Private = "rprivate";

    /// <summary>"bind", "volume" or "image".</summary>
    public required string Type { get; init; }

    /// <summary>A volume's name; null for others.</summary>
    public string? Name { get; init; }

    /// <summary>The host's path; of an image its name.</summary>
    public required string Source { get; init; }

    public required string Destination { get; init; }

    /// <summary>The modes of -v, but for those that are usual.</summary>
    public string Mode { get; init; } = "";

    public bool ReadOnly { get; init; }

    /// <summary>"" where it has none, as volumes.</summary>
    public string Propagation { get; init; } = "";

    /// <summary>What people call it: a volume's name, else where it comes from.</summary>
    public string Label => Name ?? Source;

    /// <summary>The mounts that are such.</summary>
    /// <param name="mounts">As they were decided when the container was made.</param>
    /// <param name="volumes">Knows where volumes are.</param>
    public static IReadOnlyList<MountPoint> Of(IReadOnlyList<UserMount> mounts, VolumeStore volumes)
    {
        List<MountPoint> points = [];
        foreach (UserMount mount in mounts)
        {
            if (Of(mount, volumes) is { } point)
            {
                points.Add(point);
            }
        }

        return points;
    }

    /// <summary>The modes of -v that ask for a mount.</summary>
    internal static string Modes(SourcedMount mount)
    {
        List<string> modes = [];
        Add("ro", mount.ReadOnly);
        Add("nocopy", mount is VolumeMount { NoCopy: true });
        Add("bind", mount is BindMount { Recursive: false });
        Add("U", mount.ChangeOwner);
        Add(mount.IdMap ?? "", mount.IdMap is not null);
        if (mount is BindMount { Propagation: not Private } bind)
        {
            modes.Add(bind.Propagation);
        }

        return string.Join(',', modes);

        void Add(string mode, bool asked)
        {
            if (asked)
            {
                modes.Add(mode);
            }
        }
    }

    private static MountPoint? Of(UserMount mount, VolumeStore volumes) => mount switch
    {
        BindMount bind => new MountPoint
        {
            Type = "bind",
            Source = bind.Source,
            Destination = bind.Destination,
            Mode = bind.MakeSource ? Modes(bind) : "",
            ReadOnly = bind.ReadOnly,
            Propagation = bind.Propagation,
        },
        VolumeMount { Name: { } name } volume => new MountPoint
        {
            Type = "volume",
            Name = name.Value,
            Source = volumes.FilesOf(name),
            Destination = volume.Destination,
            Mode = Modes(volume),
            ReadOnly = volume.ReadOnly,
        },
        ImageMount image => new MountPoint { Type = "image", Source = image.Image, Destination = image.Destination, ReadOnly = true },
        _ => null,
    };
}

using MiniRun.Engine.Options;

namespace MiniRun.Engine.Volumes;

/// <summary>A volume as it is remembered (volume.json beside its files).</summary>
public sealed record Volume
{
    /// <summary>docker's mark of volumes that nobody has named.</summary>
    public const string AnonymousLabel = "com.docker.volume.anonymous";

    public required VolumeName Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    public VolumeDriverOptions Options { get; init; } = VolumeDriverOptions.None;

    public bool IsAnonymous => HasLabel(AnonymousLabel, null);

    /// <summary>Whether it has a label, of a certain value unless that is null.</summary>
    public bool HasLabel(string key, string? value)
    {
        foreach (KeyValuePair<string, string> label in Labels)
        {
            if (label.Key == key && (value is null || label.Value == value))
            {
                return true;
            }
        }

        return false;
    }
}

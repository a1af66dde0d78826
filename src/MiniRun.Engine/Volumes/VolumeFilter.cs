using MiniRun.Linux;

namespace MiniRun.Engine.Volumes;

/// <summary>--filter of `volume ls` and `volume prune`: one of several names or drivers, all of several labels.</summary>
public sealed class VolumeFilter
{
    private readonly List<string> _names = [];
    private readonly List<string> _drivers = [];
    private readonly List<(string Key, string? Value, bool Has)> _labels = [];

    /// <summary>Whether only volumes that no container has are meant, or only those that one has; null does not matter.</summary>
    public bool? Dangling { get; private set; }

    /// <summary>Whether volumes that were named are meant too, which is `prune --filter all=1`.</summary>
    public bool All { get; private set; }

    /// <summary>Reads the filters.</summary>
    /// <param name="texts">KEY=VALUE each.</param>
    /// <param name="prunes">Whether they are those of `volume prune`, which has others.</param>
    /// <exception cref="MiniRunException">One is unknown.</exception>
    public static VolumeFilter Parse(IReadOnlyList<string> texts, bool prunes)
    {
        VolumeFilter filter = new();
        foreach (string text in texts)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                throw new MiniRunException($"bad format of filter (expected name=value): {text}");
            }

            filter.Add(text[..equals], text[(equals + 1)..], prunes);
        }

        return filter;
    }

    /// <summary>Whether a volume is meant; containers are asked for only where that matters.</summary>
    public bool Takes(Volume volume, Lazy<VolumeUsers> users) =>
        (_names.Count == 0 || _names.Exists(name => volume.Name.Value.Contains(name, StringComparison.Ordinal)))
        && (_drivers.Count == 0 || _drivers.Contains("local"))
        && _labels.TrueForAll(label => volume.HasLabel(label.Key, label.Value) == label.Has)
        && (Dangling is not { } dangling || (users.Value.Of(volume.Name).Count == 0) == dangling);

    private void Add(string key, string value, bool prunes)
    {
        switch (key)
        {
            case "label":
                AddLabel(value, has: true);
                break;
            case "label!" when prunes:
                AddLabel(value, has: false);
                break;
            case "all" when prunes:
                All = Flag(key, value);
                break;
            case "name" when !prunes:
                _names.Add(value);
                break;
            case "driver" when !prunes:
                _drivers.Add(value);
                break;
            case "dangling" when !prunes:
                Dangling = Flag(key, value);
                break;
            default:
                throw new MiniRunException($"invalid filter '{key}': there are {(prunes ? "label, label! and all" : "name, label, driver and dangling")}");
        }
    }

    private void AddLabel(string text, bool has)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        _labels.Add(equals < 0 ? (text, null, has) : (text[..equals], text[(equals + 1)..], has));
    }

    private static bool Flag(string key, string value) => value.ToLowerInvariant() switch
    {
        "1" or "t" or "true" => true,
        "0" or "f" or "false" => false,
        _ => throw new MiniRunException($"invalid filter '{key}=[{value}]': it is true or false"),
    };
}

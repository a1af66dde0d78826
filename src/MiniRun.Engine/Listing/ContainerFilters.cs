using System.Globalization;
using MiniRun.Engine.Containers;
using MiniRun.Linux;

namespace MiniRun.Engine.Listing;

/// <summary>The filters of `ps`, checked. Several of one key let pass what any of them does, but for label=, which all must fit; those of different keys must all let it pass.</summary>
public sealed class ContainerFilters
{
    public static readonly ContainerFilters None = new([]);

    private static readonly string[] s_states = ["created", "restarting", "running", "removing", "paused", "exited", "dead"];
    private static readonly string[] s_healths = ["starting", "healthy", "unhealthy", "none"];

    private static readonly string[] s_keys =
        ["ancestor", "before", "exited", "expose", "health", "id", "is-task", "label", "name", "network", "publish", "since", "status", "volume"];

    private readonly Dictionary<string, List<string>> _values = [];
    private readonly List<PosixRegex> _names = [];
    private readonly List<PosixRegex> _ids = [];

    private ContainerFilters(IReadOnlyList<string> texts)
    {
        foreach (string text in texts)
        {
            Add(text);
        }
    }

    /// <summary>Whether stopped containers are looked at though nobody said -a: docker does so where a status is asked for.</summary>
    internal bool ChoosesStatus => _values.ContainsKey("status");

    /// <summary>Reads the values of --filter.</summary>
    /// <exception cref="MiniRunException">In docker's words: there is no such filter, or it takes no such value.</exception>
    public static ContainerFilters Parse(IReadOnlyList<string> texts) => texts.Count == 0 ? None : new ContainerFilters(texts);

    /// <summary>The values of a filter; empty where it was not given.</summary>
    internal IReadOnlyList<string> Of(string key) => _values.GetValueOrDefault(key) ?? [];

    /// <summary>Whether what the container is by itself lets it pass. Filters that point at other containers or at images are <see cref="SelectContainers"/>'s.</summary>
    internal bool Match(ListedContainer container) =>
        MatchesText(_ids, [container.Summary.Id.Value])
        && MatchesText(_names, container.Record is { } record ? [record.Name, $"/{record.Name}"] : [])
        && Any("status", status => status == container.Summary.PhaseName)
        && Any("exited", code => Ended(container) && (container.Summary.Life!.ExitCode ?? WaitContainer.UnknownStatus).ToString(CultureInfo.InvariantCulture) == code)
        && Any("health", health => health == container.Health)
        && Any("is-task", value => !IsTrue(value))
        && Any("network", network => network == container.Network)
        && Any("volume", volume => container.Mounts.Any(mount => mount.Destination == volume || mount.Label == volume))
        && Any("publish", static _ => false)
        && Any("expose", static _ => false)
        && Of("label").All(label => HasLabel(container, label));

    private static bool Ended(ListedContainer container) => container.Summary is { Life.Started: not null, Running: false };

    private static bool HasLabel(ListedContainer container, string label)
    {
        int equals = label.IndexOf('=', StringComparison.Ordinal);
        string key = equals < 0 ? label : label[..equals];
        return container.Labels.Any(pair => pair.Key == key && (equals < 0 || pair.Value == label[(equals + 1)..]));
    }

    private static bool MatchesText(List<PosixRegex> patterns, string[] texts) =>
        patterns.Count == 0 || patterns.Exists(pattern => texts.Any(pattern.IsMatch));

    private static bool IsTrue(string value) => value is "1" or "true";

    private bool Any(string key, Func<string, bool> matches) => !_values.TryGetValue(key, out List<string>? values) || values.Exists(value => matches(value));

    private void Add(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            throw new MiniRunException($"invalid argument \"{text}\" for \"-f, --filter\" flag: bad format of filter (expected name=value)");
        }

        string key = text[..equals].Trim().ToLowerInvariant();
        string value = text[(equals + 1)..].Trim();
        Check(key, value);
        if (!_values.TryGetValue(key, out List<string>? values))
        {
            values = [];
            _values.Add(key, values);
        }

        values.Add(value);
    }

    private void Check(string key, string value)
    {
        switch (key)
        {
            case "name":
                _names.Add(Pattern(key, value));
                break;
            case "id":
                _ids.Add(Pattern(key, value));
                break;
            case "status" when !s_states.Contains(value):
                throw Invalid(key, value, $"there are {string.Join(", ", s_states)}");
            case "health" when !s_healths.Contains(value):
                throw Invalid(key, value, $"there are {string.Join(", ", s_healths)}");
            case "exited" when !int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _):
                throw Invalid(key, value, "give an exit status, a number");
            case "is-task" when value is not ("0" or "1" or "true" or "false"):
                throw Invalid(key, value, "give true or false");
            case var _ when !s_keys.Contains(key):
                throw new MiniRunException($"invalid filter '{key}': there are {string.Join(", ", s_keys)}");
        }
    }

    private static PosixRegex Pattern(string key, string value)
    {
        try
        {
            return new PosixRegex(value);
        }
        catch (MiniRunException refusal)
        {
            throw Invalid(key, value, refusal.Message);
        }
    }

    private static MiniRunException Invalid(string key, string value, string remedy) => new($"invalid filter '{key}={value}': {remedy}");
}

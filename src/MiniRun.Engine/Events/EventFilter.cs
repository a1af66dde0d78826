using MiniRun.Linux;

namespace MiniRun.Engine.Events;

/// <summary>`events --filter`: values of one key are alternatives, different keys must all fit. Source: moby's daemon/events/filter.go.</summary>
public sealed class EventFilter
{
    private static readonly string[] s_keys = ["container", "daemon", "event", "image", "label", "network", "scope", "type", "volume"];

    private readonly Dictionary<string, List<string>> _values = [];

    /// <exception cref="MiniRunException">One is no KEY=VALUE, or its key is unknown.</exception>
    public static EventFilter Parse(IReadOnlyList<string> texts)
    {
        EventFilter filter = new();
        foreach (string text in texts)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? text : text[..equals].Trim().ToLowerInvariant();
            if (equals < 0)
            {
                throw new MiniRunException($"invalid argument \"{text}\" for --filter: bad format of filter (expected name=value)");
            }

            if (!s_keys.Contains(key))
            {
                throw new MiniRunException($"invalid filter '{key}': there are {string.Join(", ", s_keys)}");
            }

            if (!filter._values.TryGetValue(key, out List<string>? values))
            {
                filter._values[key] = values = [];
            }

            values.Add(text[(equals + 1)..].Trim());
        }

        return filter;
    }

    public bool Fits(LoggedEvent happened)
    {
        foreach ((string key, List<string> values) in _values)
        {
            if (!values.Exists(value => Fits(happened, key, value)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Fits(LoggedEvent happened, string key, string value) => key switch
    {
        "event" => happened.Action == value || Verb(happened.Action) == value,
        "type" => happened.Type == value,
        "scope" => value == "local",
        "label" => HasLabel(happened, value),
        "image" => IsImage(happened, value),
        "container" or "volume" or "network" => happened.Type == key && IsNamed(happened, value),
        _ => false, // daemon: there is none
    };

    /// <summary>"exec_create: ls" is an exec_create.</summary>
    private static string Verb(string action) => action.IndexOf(':', StringComparison.Ordinal) is > 0 and { } colon ? action[..colon] : action;

    private static bool HasLabel(LoggedEvent happened, string label)
    {
        int equals = label.IndexOf('=', StringComparison.Ordinal);
        string? present = happened.Attribute(equals < 0 ? label : label[..equals]);
        return present is not null && (equals < 0 || present == label[(equals + 1)..]);
    }

    private static bool IsNamed(LoggedEvent happened, string value) =>
        value.Length > 0 && (happened.Id.StartsWith(value, StringComparison.Ordinal) || happened.Attribute("name") == value.TrimStart('/'));

    /// <summary>A name without a tag is all its tags.</summary>
    private static bool IsImage(LoggedEvent happened, string value)
    {
        string? name = happened.Type == "container" ? happened.Attribute("image") : happened.Type == "image" ? happened.Attribute("name") ?? "" : null;
        return name is not null && (name == value || WithoutTag(name) == value || (happened.Type == "image" && (happened.Id == value || WithoutTag(happened.Id) == value)));
    }

    private static string WithoutTag(string name)
    {
        int colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }
}

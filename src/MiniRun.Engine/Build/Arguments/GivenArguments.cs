namespace MiniRun.Engine.Build.Arguments;

/// <summary>The --build-arg values of a build, and which of them an ARG has asked for.</summary>
public sealed class GivenArguments(IReadOnlyDictionary<string, string> values)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public bool TryUse(string name, out string? value)
    {
        bool given = values.TryGetValue(name, out value);
        if (given)
        {
            _used.Add(name);
        }

        return given;
    }

    /// <summary>The proxies' variables that RUN gets without an ARG.</summary>
    public IEnumerable<KeyValuePair<string, string>> Proxies()
    {
        foreach (string name in PredefinedArguments.Proxies)
        {
            if (values.TryGetValue(name, out string? value))
            {
                yield return new KeyValuePair<string, string>(name, value);
            }
        }
    }

    /// <summary>Names that nothing in the Dockerfile has asked for: most often misspelt.</summary>
    public IReadOnlyList<string> Unused()
    {
        List<string> unused = [];
        foreach (string name in values.Keys)
        {
            if (!_used.Contains(name) && !PredefinedArguments.IsProxy(name) && name != "SOURCE_DATE_EPOCH")
            {
                unused.Add(name);
            }
        }

        unused.Sort(StringComparer.Ordinal);
        return unused;
    }
}

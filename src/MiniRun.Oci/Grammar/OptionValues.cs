using System.Globalization;

namespace MiniRun.Oci.Grammar;

/// <summary>The options given, in order.</summary>
internal sealed class OptionValues
{
    private readonly List<(string Name, string Value)> _values = [];

    public void Add(string name, string value) => _values.Add((name, value));

    public bool Has(string flag) => Text(flag) is "true";

    /// <summary>The last value given, or null.</summary>
    public string? Text(string name)
    {
        for (int i = _values.Count - 1; i >= 0; i--)
        {
            if (_values[i].Name == name)
            {
                return _values[i].Value;
            }
        }

        return null;
    }

    /// <summary>Every value given, in order.</summary>
    public IReadOnlyList<string> All(string name)
    {
        List<string> all = [];
        foreach ((string given, string value) in _values)
        {
            if (given == name)
            {
                all.Add(value);
            }
        }

        return all;
    }

    /// <exception cref="UsageException">The value is not a whole number of at least 0.</exception>
    public int Number(string name, int fallback)
    {
        string? text = Text(name);
        if (text is null)
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new UsageException($"invalid value \"{text}\" for flag --{name}: give a whole number of at least 0");
    }
}

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

    /// <summary>A whole number of at least 0; null where it was not given.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public ulong? Unsigned(string name) => Text(name) switch
    {
        null => null,
        string text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : throw new UsageException($"invalid value \"{text}\" for flag --{name}: give a whole number of at least 0"),
    };

    /// <summary>A whole number; null where it was not given.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public long? Signed(string name) => Text(name) switch
    {
        null => null,
        string text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new UsageException($"invalid value \"{text}\" for flag --{name}: give a whole number"),
    };

    /// <summary>A number of bytes, with k, m, g or t behind it for powers of 1024; -1 is unlimited. Null where it was not given.</summary>
    /// <exception cref="UsageException">It is none, or too large.</exception>
    public long? Bytes(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        int power = "kmgt".IndexOf(char.ToLowerInvariant(text[^1]), StringComparison.Ordinal) + 1;
        ReadOnlySpan<char> digits = power == 0 ? text : text.AsSpan(0, text.Length - 1);
        return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number >= -1 && number <= long.MaxValue >> (10 * power)
            ? number << (10 * power)
            : throw new UsageException($"invalid value \"{text}\" for flag --{name}: give a number of bytes such as 67108864 or 64m, or -1");
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

using System.Globalization;

namespace MiniRun.Linux.Systemd;

/// <summary>Unit properties from annotations: "org.systemd.property.TimeoutStopSec" = "uint64 30" (runc's docs/systemd.md), values in GVariant's text form.</summary>
public static class UnitPropertyText
{
    private const string Prefix = "org.systemd.property.";
    private const string Seconds = "Sec";

    /// <summary>The properties that some annotations ask for, in order; other annotations are passed over.</summary>
    /// <exception cref="MiniRunException">A name is none, or a value cannot be read.</exception>
    public static IReadOnlyList<UnitProperty> Of(IReadOnlyDictionary<string, string> annotations)
    {
        List<UnitProperty> properties = [];
        foreach ((string key, string value) in annotations)
        {
            if (key.StartsWith(Prefix, StringComparison.Ordinal))
            {
                properties.Add(Parse(key, value));
            }
        }

        properties.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return properties;
    }

    private static UnitProperty Parse(string key, string text)
    {
        string name = key[Prefix.Length..];
        if (name.Length < 3 || !name.All(char.IsAsciiLetter))
        {
            throw new MiniRunException($"annotation {OneLine.Of(key)}: no property of a systemd unit has such a name: give one of org.freedesktop.systemd1(5)");
        }

        object value = Value(text.Trim())
            ?? throw new MiniRunException($"annotation {key}: '{OneLine.Of(text)}': give true, false, a number (with its type, such as uint64 5), 'text', or ['text', 'text']");

        // What unit files give in seconds is a property in microseconds.
        return name.EndsWith(Seconds, StringComparison.Ordinal) && char.IsAsciiLetterLower(name[^(Seconds.Length + 1)])
            ? new UnitProperty(name[..^Seconds.Length] + "USec", Microseconds(key, value))
            : new UnitProperty(name, value);
    }

    private static object? Value(string text) => text switch
    {
        "true" => true,
        "false" => false,
        ['[', .., ']'] => List(text[1..^1]),
        ['\'' or '"', ..] => Quoted(text),
        _ => Number(text),
    };

    private static object? Number(string text)
    {
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        string digits = text[(blank + 1)..].Trim();
        return (blank < 0 ? "int32" : text[..blank]) switch
        {
            "int32" when int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) => number,
            "uint32" when uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) => number,
            "int64" when long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
            "uint64" when ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) => number,
            _ => null,
        };
    }

    /// <summary>A text in single or double quotes; escapes are not read.</summary>
    private static string? Quoted(string text) =>
        text.Length >= 2 && text[^1] == text[0] && !text.AsSpan(1, text.Length - 2).ContainsAny(text[0], '\\') ? text[1..^1] : null;

    private static string[]? List(string text)
    {
        List<string> texts = [];
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Quoted(part) is not { } one)
            {
                return null;
            }

            texts.Add(one);
        }

        return [.. texts];
    }

    private static ulong Microseconds(string key, object seconds) => seconds switch
    {
        int and >= 0 or uint or long and >= 0 or ulong when Convert.ToUInt64(seconds, CultureInfo.InvariantCulture) is var number && number <= ulong.MaxValue / 1_000_000 => number * 1_000_000,
        _ => throw new MiniRunException($"annotation {key}: give a number of seconds"),
    };
}

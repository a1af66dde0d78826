using System.Text;

namespace MiniRun.Engine.Options;

/// <summary>The KEY=VALUE fields of one --mount, each taken once; what nobody took is an error.</summary>
internal sealed class MountFields
{
    private readonly Dictionary<string, string?> _fields = [];
    private readonly string _text;
    private readonly string _option;

    internal MountFields(string text, string option)
    {
        _text = text;
        _option = option;
        foreach (string field in Separate(text))
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            string key = Canonical(equals < 0 ? field : field[..equals]);
            if (key.Length == 0 || !_fields.TryAdd(key, equals < 0 ? null : field[(equals + 1)..]))
            {
                throw Error($"\"{field}\" is empty or given twice");
            }
        }
    }

    internal string Origin => $"{_option} {_text}";

    internal OptionException Error(string reason) => new(_option, _text, reason);

    internal string? Take(string key)
    {
        if (!_fields.Remove(key, out string? value))
        {
            return null;
        }

        return string.IsNullOrEmpty(value) ? throw Error($"{key} needs a value") : value;
    }

    internal bool TakeSwitch(string key)
    {
        if (!_fields.Remove(key, out string? value))
        {
            return false;
        }

        return value switch
        {
            null or "1" or "true" => true,
            "0" or "false" => false,
            _ => throw Error($"{key} is true or false"),
        };
    }

    /// <summary>idmap[=MAPS], as an option of the runtime; null where it is not asked for.</summary>
    internal string? TakeIdMap()
    {
        if (!_fields.Remove("idmap", out string? maps))
        {
            return null;
        }

        string word = maps is null ? "idmap" : $"idmap={maps}";
        return VolumeOption.IsIdMap(word) ? word : throw Error("idmap is alone, or idmap=uids=FROM-TO-SIZE#…;gids=FROM-TO-SIZE#…");
    }

    internal void RefuseOthers(string type)
    {
        foreach (string key in _fields.Keys)
        {
            throw Error($"\"{key}\" is not a field of type={type}");
        }
    }

    /// <summary>A field as <see cref="Separate"/> reads it back.</summary>
    internal static string Quoted(string field) => field.AsSpan().IndexOfAny(',', '"') < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Fields as docker reads them, one line of CSV: a field in double quotes may hold commas, and "" is a quote in it.</summary>
    private List<string> Separate(string text)
    {
        List<string> fields = [];
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            bool pair = quoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"';
            if (text[i] == '"' && !pair && (quoted || field.Length == 0))
            {
                quoted = !quoted;
            }
            else if (text[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(text[i]);
                i += pair ? 1 : 0;
            }
        }

        fields.Add(field.ToString());
        return quoted ? throw Error("a quote is not closed") : fields;
    }

    private static string Canonical(string key) => key switch
    {
        "src" => "source",
        "dst" or "destination" => "target",
        "ro" => "readonly",
        "chown" => "U",
        _ => key,
    };
}

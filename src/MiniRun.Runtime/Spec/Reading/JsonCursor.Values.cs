using System.Text.Json;

namespace MiniRun.Runtime.Spec.Reading;

/// <content>Single values. Each returns null, with the problem noted, where there is something else.</content>
internal ref partial struct JsonCursor
{
    public string? Text()
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            Expected("a text");
            return null;
        }

        if (reader.ValueSpan.Length > ReadingLimits.Text)
        {
            Problem($"longer than {ReadingLimits.Text} bytes");
            return null;
        }

        return reader.ValueIsEscaped ? EscapedText() : reader.GetString();
    }

    /// <summary>A text that is as good as not given when it is empty.</summary>
    public string? OptionalText() => Text() is { Length: > 0 } text ? text : null;

    public bool? Boolean()
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
        {
            Expected("true or false");
            return null;
        }

        return reader.GetBoolean();
    }

    public long? Signed(long min = long.MinValue, long max = long.MaxValue)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value) && value >= min && value <= max)
        {
            return value;
        }

        Expected($"a whole number from {min} to {max}");
        return null;
    }

    public ulong? Unsigned(ulong max = ulong.MaxValue)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out ulong value) && value <= max)
        {
            return value;
        }

        Expected($"a whole number from 0 to {max}");
        return null;
    }

    public int? Int32() => (int?)Signed(int.MinValue, int.MaxValue);

    public uint? UInt32() => (uint?)Unsigned(uint.MaxValue);

    public ushort? UInt16() => (ushort?)Unsigned(ushort.MaxValue);

    public List<string> Texts()
    {
        List<string> texts = [];
        if (BeginList())
        {
            while (NextItem())
            {
                texts.Add(Text() ?? "");
            }
        }

        return texts;
    }

    /// <summary>An object whose member names are the user's and whose values are texts.</summary>
    public Dictionary<string, string> TextMap() => Map(static (ref JsonCursor json) => json.Text() ?? "");

    /// <summary>An object whose member names are the user's; reads each value with <paramref name="read"/>.</summary>
    public Dictionary<string, T> Map<T>(ItemReader<T> read)
    {
        Dictionary<string, T> map = new(StringComparer.Ordinal);
        if (BeginObject())
        {
            while (NextMember())
            {
                string key = Name();
                map[key] = read(ref this);
            }

            EndObject();
        }

        return map;
    }

    /// <summary>Reads each item of a list with <paramref name="read"/>.</summary>
    public List<T> List<T>(ItemReader<T> read)
    {
        List<T> items = [];
        if (BeginList())
        {
            while (NextItem())
            {
                items.Add(read(ref this));
            }
        }

        return items;
    }

    /// <summary>Escapes can write what no kernel call takes: NUL, and halves of surrogate pairs.</summary>
    private string? EscapedText()
    {
        string text;
        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Problem("half a surrogate pair is no text");
            return null;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            Problem("must not contain NUL");
            return null;
        }

        return text;
    }
}

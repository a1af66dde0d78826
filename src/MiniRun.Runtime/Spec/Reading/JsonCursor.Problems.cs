using System.Text;
using System.Text.Json;

namespace MiniRun.Runtime.Spec.Reading;

/// <content>What is said about a value that is wrong, and where it stands.</content>
internal ref partial struct JsonCursor
{
    private const int LongestPlainName = 40;

    /// <summary>Notes that the current value is not <paramref name="what"/> and steps over it.</summary>
    public void Expected(string what)
    {
        Problem($"expected {what}, found {Found()}");
        reader.Skip();
    }

    /// <summary>Notes a problem with the current value.</summary>
    public readonly void Problem(string what) => Problem(Path(depth), what);

    /// <summary>Notes that the document is no JSON from here on; the parser's own words are not in the binary.</summary>
    public readonly void Malformed(JsonException failure)
    {
        string where = $"line {failure.LineNumber + 1}, column {failure.BytePositionInLine + 1}";
        string near = Path(depth);
        bool isDeep = reader.CurrentDepth >= ReadingLimits.Depth - 1;
        string what = isDeep ? $"nested deeper than {ReadingLimits.Depth} levels, or not JSON," : "not JSON";
        problems.Add("", near.Length == 0 ? $"{what} at {where}" : $"{what} at {where}, near {near}");
    }

    private readonly void Problem(string path, string what)
    {
        problems.Add(path, what);
        if (problems.IsFull)
        {
            problems.ThrowIfAny();
        }
    }

    /// <summary>The JSON path of the current value, its first <paramref name="levels"/> levels: "mounts[3].options".</summary>
    private readonly string Path(int levels)
    {
        StringBuilder path = new();
        for (int level = 1; level <= levels; level++)
        {
            PathFrame frame = frames[level];
            if (frame.IsList)
            {
                path.Append('[').Append(frame.Index).Append(']');
            }
            else
            {
                AppendName(path, document.Slice(frame.NameStart, frame.NameLength));
            }
        }

        return path.ToString();
    }

    private static void AppendName(StringBuilder path, ReadOnlySpan<byte> name)
    {
        bool isPlain = name.Length is > 0 and <= LongestPlainName;
        foreach (byte b in name)
        {
            isPlain &= char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'-';
        }

        if (isPlain)
        {
            path.Append(path.Length == 0 ? "" : ".").Append(Encoding.ASCII.GetString(name));
        }
        else
        {
            path.Append('[').Append(Shown.Quote(name)).Append(']');
        }
    }

    /// <summary>The current value as it stands in the document, escapes and all.</summary>
    private readonly string Found() => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => Shown.Quote(reader.ValueSpan),
        JsonTokenType.Number => Shown.Plain(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };
}

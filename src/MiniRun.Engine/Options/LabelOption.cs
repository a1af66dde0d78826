namespace MiniRun.Engine.Options;

/// <summary>--label and --annotation: KEY[=VALUE]; and --label-file, one a line.</summary>
public static class LabelOption
{
    /// <summary>The largest file read, in bytes.</summary>
    public const int MaxFile = 1 << 20;

    /// <exception cref="OptionException">The key is empty.</exception>
    public static KeyValuePair<string, string> Parse(string text, string option)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string key = equals < 0 ? text : text[..equals];
        return key.Length > 0
            ? KeyValuePair.Create(key, equals < 0 ? "" : text[(equals + 1)..])
            : throw new OptionException(option, text, "the key is empty; write KEY=VALUE");
    }

    /// <summary>The labels of a file: a line each, "#" lines are comments.</summary>
    /// <exception cref="OptionException">A key is empty.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> ParseFile(string content, string option)
    {
        List<KeyValuePair<string, string>> labels = [];
        foreach (ReadOnlySpan<char> line in content.AsSpan().TrimStart('\uFEFF').EnumerateLines())
        {
            ReadOnlySpan<char> text = line.TrimStart();
            if (!text.IsEmpty && text[0] != '#')
            {
                labels.Add(Parse(text.ToString(), option));
            }
        }

        return labels;
    }
}

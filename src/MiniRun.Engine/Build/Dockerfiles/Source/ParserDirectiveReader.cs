namespace MiniRun.Engine.Build.Dockerfiles.Source;

/// <summary>Reads the parser directives; the first line that is not of their form ends them.</summary>
internal static class ParserDirectiveReader
{
    /// <exception cref="DockerfileException">A directive is given twice, or the escape character is none.</exception>
    internal static ParserDirectives Read(SourceText source)
    {
        var directives = new ParserDirectives();
        HashSet<string> seen = new(StringComparer.Ordinal);
        int offset = 0;
        foreach (ReadOnlySpan<char> line in source.Text.AsSpan().EnumerateLines())
        {
            if (!TrySplit(line, out string name, out string value))
            {
                break;
            }

            if (name is "escape" or "syntax" or "check" && !seen.Add(name))
            {
                throw source.Error(offset, $"only one {name} parser directive can be used");
            }

            directives = name switch
            {
                "escape" => directives with { Escape = EscapeOf(source, value, offset) },
                "syntax" => directives with { Syntax = value },
                "check" => directives with { Check = value },
                _ => directives,
            };
            offset = NextLine(source.Text, offset);
        }

        return directives;
    }

    private static char EscapeOf(SourceText source, string value, int offset) => value is "\\" or "`"
        ? value[0]
        : throw source.Error(offset, $"invalid ESCAPE '{value}': it is ` or \\");

    private static bool TrySplit(ReadOnlySpan<char> line, out string name, out string value)
    {
        line = line.TrimStart('\ufeff');
        int equals = line.IndexOf('=');
        name = value = "";
        if (!line.StartsWith('#') || equals < 0)
        {
            return false;
        }

        ReadOnlySpan<char> key = line[1..equals].Trim();
        value = line[(equals + 1)..].Trim().ToString();
        name = key.ToString().ToLowerInvariant();
        return value.Length > 0 && IsName(key);
    }

    private static bool IsName(ReadOnlySpan<char> key)
    {
        foreach (char c in key)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }
        }

        return key.Length > 0 && char.IsAsciiLetter(key[0]);
    }

    private static int NextLine(string text, int offset)
    {
        int end = text.IndexOf('\n', offset);
        return end < 0 ? text.Length : end + 1;
    }
}

namespace MiniRun.Engine.Build.Dockerfiles.Source;

/// <summary>
/// Joins lines that end in the escape character, as docker does: comment lines and empty lines inside a continuation are
/// left out, and white space at the beginning of a continuation stays.
/// </summary>
internal static class LogicalLineReader
{
    /// <summary>The next line with anything in it; null at the end.</summary>
    internal static LogicalLine? Next(LineCursor lines, char escape)
    {
        var joined = new LogicalLine();
        bool begun = false;
        while (lines.Next(out ReadOnlySpan<char> line))
        {
            ReadOnlySpan<char> content = line.TrimStart();
            if (content.Length == 0 || content[0] == '#')
            {
                continue;
            }

            int skipped = begun ? 0 : line.Length - content.Length;
            bool continues = TrimContinuation(ref line, escape);
            if (skipped < line.Length)
            {
                joined.Append(line[skipped..], lines.Offset + skipped);
                begun = true;
            }

            if (!continues && begun)
            {
                return joined;
            }
        }

        return begun ? joined : null;
    }

    /// <summary>Cuts the escape character, and blanks after it, off the line's end; an escaped one is a character like any other.</summary>
    private static bool TrimContinuation(ref ReadOnlySpan<char> line, char escape)
    {
        ReadOnlySpan<char> trimmed = line.TrimEnd(" \t");
        if (!trimmed.EndsWith(escape) || trimmed is [.., var before, _] && before == escape)
        {
            return false;
        }

        line = trimmed[..^1];
        return true;
    }
}

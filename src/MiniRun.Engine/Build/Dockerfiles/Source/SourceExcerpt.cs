using System.Text;
using MiniRun.Linux;

namespace MiniRun.Engine.Build.Dockerfiles.Source;

/// <summary>The line of a Dockerfile that an error is about, and a second one with a caret under the word.</summary>
internal static class SourceExcerpt
{
    // A line of a terminal; what is wrong is always within it.
    private const int ShownWidth = 100;
    private const int ShownBefore = 60;

    internal static string Of(string line, int column)
    {
        int from = column > ShownBefore ? column - ShownBefore : 0;
        ReadOnlySpan<char> shown = line.AsSpan(from, Math.Min(ShownWidth, line.Length - from));
        int end = WordEnd(shown, column - from);
        var excerpt = new StringBuilder();
        Append(excerpt, shown);
        excerpt.Append('\n');
        Append(excerpt, shown[..(column - from)], blank: true);
        excerpt.Append('^', Math.Max(1, end - (column - from)));
        return excerpt.ToString();
    }

    private static int WordEnd(ReadOnlySpan<char> line, int start)
    {
        int length = line[start..].IndexOfAny(' ', '\t');
        return length < 0 ? line.Length : start + length;
    }

    /// <summary>Text as a terminal shows it and does not obey it; blanked it keeps its width.</summary>
    private static void Append(StringBuilder excerpt, ReadOnlySpan<char> text, bool blank = false)
    {
        string safe = OneLine.Of(text.ToString().Replace('\t', ' '));
        excerpt.Append(blank ? new string(' ', safe.Length) : safe);
    }
}

using System.Text;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Words;

/// <summary>Finds here-documents in a line's words and reads their content from the lines below.</summary>
internal static class HeredocReader
{
    /// <summary>Reads what the words ask for, in their order.</summary>
    /// <exception cref="DockerfileException">The file ends within one.</exception>
    internal static List<Heredoc> Read(LogicalLine line, int start, LineCursor lines, char escape)
    {
        List<Heredoc> heredocs = [];
        if (!line.Text.Contains("<<", StringComparison.Ordinal))
        {
            return heredocs;
        }

        foreach (SourceWord word in WordSplitter.Quoted(line, start, escape))
        {
            if (TryParse(word.Text, out Heredoc? heredoc))
            {
                heredocs.Add(heredoc! with { Content = ReadContent(heredoc!, word, lines) });
            }
        }

        return heredocs;
    }

    /// <summary>Whether a word is "&lt;&lt;NAME", "&lt;&lt;-NAME" or with the name in quotes, a descriptor's number before it or not.</summary>
    internal static bool TryParse(string word, out Heredoc? heredoc)
    {
        ReadOnlySpan<char> rest = word.AsSpan().TrimStart("0123456789");
        heredoc = null;
        if (!rest.StartsWith("<<"))
        {
            return false;
        }

        rest = rest[2..];
        bool stripTabs = rest.StartsWith('-');
        rest = stripTabs ? rest[1..] : rest;
        string name = rest.ToString().Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);
        if (name.Length == 0 || name.Contains('<', StringComparison.Ordinal))
        {
            return false;
        }

        heredoc = new Heredoc(name, Expand: name.Length == rest.Length, stripTabs, "");
        return true;
    }

    private static string ReadContent(Heredoc heredoc, SourceWord word, LineCursor lines)
    {
        var content = new StringBuilder();
        while (lines.Next(out ReadOnlySpan<char> line))
        {
            if ((heredoc.StripTabs ? line.TrimStart('\t') : line).SequenceEqual(heredoc.Name))
            {
                return content.ToString();
            }

            content.Append(line).Append('\n');
        }

        throw lines.Source.Error(word, $"unterminated heredoc: there is no line with {heredoc.Name} alone below");
    }
}

using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Words;

/// <summary>Splits the rest of a line at blanks outside of quotes; quotes and escapes stay in the words for expansion to read.</summary>
internal static class WordSplitter
{
    /// <summary>Words at every blank, quotes or not: what FROM, EXPOSE, ADD and COPY have.</summary>
    internal static List<SourceWord> AtBlanks(LogicalLine line, int start)
    {
        List<SourceWord> words = [];
        int position = start;
        while (SkipBlanks(line.Text, ref position))
        {
            int begin = position;
            while (position < line.Text.Length && !char.IsWhiteSpace(line.Text[position]))
            {
                position++;
            }

            words.Add(line.Word(begin, position));
        }

        return words;
    }

    /// <summary>Words as ENV, LABEL and ARG have them: a blank inside quotes or after the escape character does not end one.</summary>
    internal static List<SourceWord> Quoted(LogicalLine line, int start, char escape)
    {
        List<SourceWord> words = [];
        int position = start;
        while (SkipBlanks(line.Text, ref position))
        {
            int begin = position;
            position = EndOfQuoted(line.Text, position, escape);
            words.Add(line.Word(begin, position));
        }

        return words;
    }

    /// <summary>All the rest as one word, without blanks at its ends; null where there is nothing.</summary>
    internal static SourceWord? Rest(LogicalLine line, int start)
    {
        int position = start;
        return SkipBlanks(line.Text, ref position)
            ? line.Word(position, position + line.Text.AsSpan(position).TrimEnd().Length)
            : null;
    }

    internal static bool SkipBlanks(string text, ref int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position < text.Length;
    }

    private static int EndOfQuoted(string text, int position, char escape)
    {
        char quote = '\0';
        for (; position < text.Length; position++)
        {
            char c = text[position];
            if (c == escape && quote != '\'')
            {
                position++;
            }
            else if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (char.IsWhiteSpace(c))
            {
                return position;
            }
        }

        return text.Length;
    }
}

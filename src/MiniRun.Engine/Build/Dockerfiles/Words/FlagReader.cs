using System.Text;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Words;

/// <summary>Reads an instruction's leading "--name=value" words; quotes and escapes in them are taken off, as docker does.</summary>
internal static class FlagReader
{
    /// <summary>Reads flags; "--" alone ends them.</summary>
    /// <param name="position">Where to begin; afterwards, where the arguments begin.</param>
    internal static List<InstructionFlag> Read(LogicalLine line, ref int position, char escape)
    {
        List<InstructionFlag> flags = [];
        while (WordSplitter.SkipBlanks(line.Text, ref position) && line.Text.AsSpan(position).StartsWith("--"))
        {
            int begin = position;
            string word = ReadWord(line.Text, ref position, escape);
            if (word == "--")
            {
                break;
            }

            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? word[2..] : word[2..equals];
            flags.Add(new InstructionFlag(name, equals < 0 ? null : word[(equals + 1)..], line.OffsetOf(begin)));
        }

        return flags;
    }

    private static string ReadWord(string text, ref int position, char escape)
    {
        var word = new StringBuilder();
        char quote = '\0';
        for (; position < text.Length; position++)
        {
            char c = text[position];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                break;
            }

            if (c == escape && position + 1 < text.Length)
            {
                word.Append(text[++position]);
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else
            {
                word.Append(c);
            }
        }

        return word.ToString();
    }
}

using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Reading;

/// <summary>FROM [--platform=P] IMAGE [AS NAME].</summary>
internal static class FromReader
{
    internal static FromInstruction Read(InstructionLine line)
    {
        SourceWord? platform = line.Flags.Take("platform");
        List<SourceWord> words = line.AtBlanks();
        bool named = words.Count == 3 && words[1].Text.Equals("AS", StringComparison.OrdinalIgnoreCase);
        if (words.Count != 1 && !named)
        {
            throw line.Error("FROM requires either one or three arguments: FROM IMAGE, or FROM IMAGE AS NAME");
        }

        return new FromInstruction
        {
            Offset = line.Offset,
            Original = line.Original,
            Image = words[0],
            Platform = platform,
            StageName = named ? NameOf(line, words[2]) : null,
        };
    }

    private static string NameOf(InstructionLine line, SourceWord word)
    {
        string name = word.Text.ToLowerInvariant();
        bool valid = char.IsAsciiLetterLower(name[0]);
        foreach (char c in name)
        {
            valid &= char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.';
        }

        return valid ? name : throw line.Source.Error(word, $"invalid name for build stage: \"{word.Text}\", name can't start with a number or contain symbols");
    }
}

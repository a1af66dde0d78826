using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Reading;

/// <summary>ARG, ENV and LABEL: "KEY=VALUE" words; ENV and LABEL also in the old form "KEY the rest of the line".</summary>
internal static class KeyValueReader
{
    internal static EnvInstruction ReadEnv(InstructionLine line) =>
        new() { Offset = line.Offset, Original = line.Original, Variables = Pairs(line) };

    internal static LabelInstruction ReadLabel(InstructionLine line) =>
        new() { Offset = line.Offset, Original = line.Original, Labels = Pairs(line) };

    internal static ArgInstruction ReadArg(InstructionLine line)
    {
        List<KeyWithValue> arguments = [];
        foreach (SourceWord word in line.Quoted())
        {
            int equals = word.Text.IndexOf('=', StringComparison.Ordinal);
            arguments.Add(equals < 0 ? new KeyWithValue(word, null) : Pair(line, word, equals));
        }

        return arguments.Count > 0
            ? new ArgInstruction { Offset = line.Offset, Original = line.Original, Arguments = arguments }
            : throw line.Error("ARG requires at least one argument");
    }

    private static List<KeyWithValue> Pairs(InstructionLine line)
    {
        List<SourceWord> words = line.Quoted();
        if (words.Count == 0)
        {
            throw line.Error($"{line.Keyword} requires at least one argument");
        }

        if (!words[0].Text.Contains('=', StringComparison.Ordinal))
        {
            return [OldForm(line, words)];
        }

        List<KeyWithValue> pairs = [];
        foreach (SourceWord word in words)
        {
            int equals = word.Text.IndexOf('=', StringComparison.Ordinal);
            pairs.Add(equals >= 0
                ? Pair(line, word, equals)
                : throw line.Source.Error(word, $"can't find = in \"{word}\". Must be of the form: name=value"));
        }

        return pairs;
    }

    private static KeyWithValue OldForm(InstructionLine line, List<SourceWord> words)
    {
        SourceWord rest = line.Rest();
        string value = rest.Text[Math.Min(words[0].Text.Length, rest.Text.Length)..].TrimStart();
        return value.Length > 0
            ? new KeyWithValue(words[0], new SourceWord(value, words.Count > 1 ? words[1].Offset : rest.Offset))
            : throw line.Source.Error(words[0], $"{line.Keyword} must have two arguments: a name and a value");
    }

    private static KeyWithValue Pair(InstructionLine line, SourceWord word, int equals) => equals > 0
        ? new KeyWithValue(word with { Text = word.Text[..equals] }, new SourceWord(word.Text[(equals + 1)..], word.Offset + equals + 1))
        : throw line.Source.Error(word, $"{line.Keyword} names can not be blank");
}

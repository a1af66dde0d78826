using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Engine.Build.Dockerfiles.Words;

namespace MiniRun.Engine.Build.Dockerfiles.Reading;

/// <summary>One instruction's line, split into keyword, flags and the rest, as the readers of the single instructions want it.</summary>
internal sealed class InstructionLine
{
    private readonly LogicalLine _line;
    private readonly LineCursor _lines;
    private readonly int _arguments;

    internal InstructionLine(LogicalLine line, LineCursor lines, char escape, int start = 0)
    {
        _line = line;
        _lines = lines;
        Escape = escape;
        int position = start;
        while (position < line.Text.Length && !char.IsWhiteSpace(line.Text[position]))
        {
            position++;
        }

        Keyword = line.Text[start..position].ToUpperInvariant();
        Offset = line.OffsetOf(start);
        AfterKeyword = position;
        Flags = new FlagSet(lines.Source, Keyword, FlagReader.Read(line, ref position, escape));
        _arguments = position;
    }

    internal char Escape { get; }

    internal SourceText Source => _lines.Source;

    internal string Keyword { get; }

    /// <summary>Where the keyword stands in the source.</summary>
    internal int Offset { get; }

    /// <summary>Where the keyword ends in the line.</summary>
    internal int AfterKeyword { get; }

    internal FlagSet Flags { get; }

    internal string Original => _line.Text.TrimEnd();

    internal DockerfileException Error(string message) => Source.Error(Offset, message);

    /// <summary>Everything after the flags as one word.</summary>
    /// <exception cref="DockerfileException">There is nothing.</exception>
    internal SourceWord Rest() => TryRest() ?? throw Error($"{Keyword} requires exactly one argument");

    internal SourceWord? TryRest() => WordSplitter.Rest(_line, _arguments);

    internal List<SourceWord> AtBlanks() => WordSplitter.AtBlanks(_line, _arguments);

    internal List<SourceWord> Quoted() => WordSplitter.Quoted(_line, _arguments, Escape);

    /// <summary>The arguments in JSON form, or null where they are not in it.</summary>
    internal List<SourceWord>? Json() => TryRest() is { } rest ? JsonForm.TryRead(Source, rest) : null;

    /// <summary>The arguments in JSON form, or words at blanks.</summary>
    internal List<SourceWord> JsonOrWords() => Json() ?? AtBlanks();

    internal List<Heredoc> Heredocs() => HeredocReader.Read(_line, _arguments, _lines, Escape);

    /// <summary>The rest of the line from a place in it as an instruction of its own (ONBUILD's); null where there is nothing.</summary>
    internal InstructionLine? Inner()
    {
        int position = AfterKeyword;
        return WordSplitter.SkipBlanks(_line.Text, ref position) ? new InstructionLine(_line, _lines, Escape, position) : null;
    }

    /// <summary>The line from the keyword on.</summary>
    internal SourceWord FromKeyword() => _line.Word(AfterKeyword - Keyword.Length, _line.Text.TrimEnd().Length);

    /// <summary>A program in exec or shell form.</summary>
    internal CommandLine Command()
    {
        if (Json() is { } words)
        {
            return new CommandLine(words.ConvertAll(word => word.Text), IsShell: false);
        }

        return new CommandLine(TryRest() is { } text ? [text.Text] : [], IsShell: true);
    }
}

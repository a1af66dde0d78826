using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Reading;

/// <summary>EXPOSE, VOLUME and SHELL: a list and nothing else.</summary>
internal static class ListReader
{
    internal static ExposeInstruction ReadExpose(InstructionLine line) =>
        new() { Offset = line.Offset, Original = line.Original, Ports = NotEmpty(line, line.AtBlanks()) };

    internal static VolumeInstruction ReadVolume(InstructionLine line)
    {
        List<SourceWord> paths = NotEmpty(line, line.JsonOrWords());
        foreach (SourceWord path in paths)
        {
            if (path.Text.AsSpan().Trim().Length == 0)
            {
                throw line.Source.Error(path, "VOLUME specified can not be an empty string");
            }
        }

        return new VolumeInstruction { Offset = line.Offset, Original = line.Original, Paths = paths };
    }

    internal static ShellInstruction ReadShell(InstructionLine line)
    {
        List<SourceWord> words = NotEmpty(line, line.Json() ?? throw line.Error("SHELL requires the arguments to be in JSON form"));
        return new ShellInstruction { Offset = line.Offset, Original = line.Original, Shell = words.ConvertAll(word => word.Text) };
    }

    private static List<SourceWord> NotEmpty(InstructionLine line, List<SourceWord> words) =>
        words.Count > 0 ? words : throw line.Error($"{line.Keyword} requires at least one argument");
}

using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Reading;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles;

/// <summary>Reads Dockerfiles as docker's reference describes them.</summary>
public static class DockerfileReader
{
    /// <summary>The largest Dockerfile read, in bytes.</summary>
    public const int MaxSize = 1 << 20;

    // Stages may need each other in a chain, and each link of it is a call.
    private const int MaxStages = 1000;

    /// <summary>Reads a Dockerfile; <paramref name="name"/> is its name for errors.</summary>
    /// <exception cref="DockerfileException">It is not well-formed, or asks for what only BuildKit has.</exception>
    public static Dockerfile Read(string name, string text)
    {
        var source = new SourceText(name, text);
        ParserDirectives directives = ParserDirectiveReader.Read(source);
        var lines = new LineCursor(source);
        List<ArgInstruction> arguments = [];
        List<DockerfileStage> stages = [];
        while (LogicalLineReader.Next(lines, directives.Escape) is { } line)
        {
            Add(InstructionReader.Read(new InstructionLine(line, lines, directives.Escape)), source, arguments, stages);
        }

        return stages.Count > 0
            ? new Dockerfile { Source = source, Directives = directives, GlobalArguments = arguments, Stages = stages }
            : throw source.Error(0, arguments.Count > 0 ? "no build stage: there is no FROM" : "the file has no instructions");
    }

    /// <summary>Reads one instruction that an image keeps for the builds on top of it.</summary>
    /// <exception cref="DockerfileException">It is none.</exception>
    internal static Instruction ReadTrigger(SourceText trigger) => ReadOne(trigger, "an ONBUILD trigger is empty") switch
    {
        FromInstruction or MaintainerInstruction or OnbuildInstruction => throw trigger.Error(0, "FROM, MAINTAINER and ONBUILD aren't allowed as ONBUILD triggers"),
        Instruction instruction => instruction,
    };

    /// <summary>Reads an instruction that stands alone.</summary>
    /// <param name="source">The instruction.</param>
    /// <param name="ifEmpty">What to say where there is none.</param>
    /// <exception cref="DockerfileException">It is none.</exception>
    internal static Instruction ReadOne(SourceText source, string ifEmpty)
    {
        var lines = new LineCursor(source);
        LogicalLine line = LogicalLineReader.Next(lines, '\\') ?? throw source.Error(0, ifEmpty);
        return InstructionReader.Read(new InstructionLine(line, lines, '\\'));
    }

    private static void Add(Instruction instruction, SourceText source, List<ArgInstruction> arguments, List<DockerfileStage> stages)
    {
        if (instruction is FromInstruction from)
        {
            if (stages.Count == MaxStages)
            {
                throw source.Error(instruction.Offset, $"there are more than {MaxStages} stages");
            }

            stages.Add(new DockerfileStage(from, new List<Instruction>()));
        }
        else if (stages.Count > 0)
        {
            ((List<Instruction>)stages[^1].Instructions).Add(instruction);
        }
        else if (instruction is ArgInstruction argument)
        {
            arguments.Add(argument);
        }
        else
        {
            throw source.Error(instruction.Offset, $"{instruction.Keyword} stands before the first FROM: no build stage in current context");
        }
    }
}

using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>MAINTAINER: the author, as images said it before labels.</summary>
public sealed record MaintainerInstruction : Instruction
{
    public required SourceWord Author { get; init; }

    public override string Keyword => "MAINTAINER";
}

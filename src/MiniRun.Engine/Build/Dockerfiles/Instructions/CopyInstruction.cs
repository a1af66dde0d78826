using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>COPY: puts files of the context, of a stage or of an image into the stage.</summary>
public sealed record CopyInstruction : Instruction
{
    public required CopyOperands Operands { get; init; }

    /// <summary>--from: a stage, by name or number, or an image; null is the context.</summary>
    public SourceWord? From { get; init; }

    public override string Keyword => "COPY";
}

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>ADD: as COPY, but archives of the context are unpacked, and URLs are fetched.</summary>
public sealed record AddInstruction : Instruction
{
    public required CopyOperands Operands { get; init; }

    public override string Keyword => "ADD";
}

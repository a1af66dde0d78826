using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>STOPSIGNAL: what asks the program to end.</summary>
public sealed record StopSignalInstruction : Instruction
{
    public required SourceWord Signal { get; init; }

    public override string Keyword => "STOPSIGNAL";
}

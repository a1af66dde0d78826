using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>WORKDIR: the folder of what follows, made where it is missing.</summary>
public sealed record WorkdirInstruction : Instruction
{
    public required SourceWord Path { get; init; }

    public override string Keyword => "WORKDIR";
}

using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>EXPOSE: ports that the program listens on.</summary>
public sealed record ExposeInstruction : Instruction
{
    public required IReadOnlyList<SourceWord> Ports { get; init; }

    public override string Keyword => "EXPOSE";
}

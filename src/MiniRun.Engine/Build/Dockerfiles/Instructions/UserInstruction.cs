using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>USER: who runs what follows.</summary>
public sealed record UserInstruction : Instruction
{
    public required SourceWord User { get; init; }

    public override string Keyword => "USER";
}

using MiniRun.Engine.Images.Documents;

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>HEALTHCHECK: how to see that the program is well.</summary>
public sealed record HealthcheckInstruction : Instruction
{
    public required Healthcheck Check { get; init; }

    public override string Keyword => "HEALTHCHECK";
}

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>CMD: the default program, or default arguments of the entrypoint.</summary>
public sealed record CmdInstruction : Instruction
{
    public required CommandLine Command { get; init; }

    public override string Keyword => "CMD";
}

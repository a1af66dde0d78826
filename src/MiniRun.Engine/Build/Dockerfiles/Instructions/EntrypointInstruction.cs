namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>ENTRYPOINT: the program that containers run; it resets CMD.</summary>
public sealed record EntrypointInstruction : Instruction
{
    public required CommandLine Command { get; init; }

    public override string Keyword => "ENTRYPOINT";
}

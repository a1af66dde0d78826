namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>SHELL: the program that reads the shell form of what follows.</summary>
public sealed record ShellInstruction : Instruction
{
    public required IReadOnlyList<string> Shell { get; init; }

    public override string Keyword => "SHELL";
}

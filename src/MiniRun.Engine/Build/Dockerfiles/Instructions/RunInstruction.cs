using MiniRun.Engine.Build.Dockerfiles.Words;

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>RUN: executes a program in the stage.</summary>
public sealed record RunInstruction : Instruction
{
    public required CommandLine Command { get; init; }

    public RunNetwork Network { get; init; }

    public IReadOnlyList<Heredoc> Heredocs { get; init; } = [];

    public override string Keyword => "RUN";
}

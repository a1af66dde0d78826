namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>ENV: variables of the image.</summary>
public sealed record EnvInstruction : Instruction
{
    public required IReadOnlyList<KeyWithValue> Variables { get; init; }

    public override string Keyword => "ENV";
}

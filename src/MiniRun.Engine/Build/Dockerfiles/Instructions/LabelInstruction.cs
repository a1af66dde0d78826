namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>LABEL: what the image says of itself; it steers nothing on a host.</summary>
public sealed record LabelInstruction : Instruction
{
    public required IReadOnlyList<KeyWithValue> Labels { get; init; }

    public override string Keyword => "LABEL";
}

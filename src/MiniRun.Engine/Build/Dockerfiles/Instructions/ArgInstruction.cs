namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>ARG: variables that --build-arg may set; they live as long as their stage and stay out of the image.</summary>
public sealed record ArgInstruction : Instruction
{
    public required IReadOnlyList<KeyWithValue> Arguments { get; init; }

    public override string Keyword => "ARG";
}

using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>FROM: the image or the earlier stage that a stage begins with.</summary>
public sealed record FromInstruction : Instruction
{
    public required SourceWord Image { get; init; }

    /// <summary>AS: in lower case; null for none.</summary>
    public string? StageName { get; init; }

    public SourceWord? Platform { get; init; }

    public override string Keyword => "FROM";
}

using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>VOLUME: folders that containers keep apart from the image.</summary>
public sealed record VolumeInstruction : Instruction
{
    public required IReadOnlyList<SourceWord> Paths { get; init; }

    public override string Keyword => "VOLUME";
}

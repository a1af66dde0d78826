using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>ONBUILD: an instruction for builds that begin with this image.</summary>
public sealed record OnbuildInstruction : Instruction
{
    /// <summary>The trigger as the image keeps it.</summary>
    public required SourceWord Trigger { get; init; }

    public override string Keyword => "ONBUILD";
}

using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles;

/// <summary>A Dockerfile that has been read: it is well-formed, nothing in it has been looked up or replaced yet.</summary>
public sealed record Dockerfile
{
    public required SourceText Source { get; init; }

    public required ParserDirectives Directives { get; init; }

    /// <summary>The ARGs before the first FROM, which FROM lines see.</summary>
    public required IReadOnlyList<ArgInstruction> GlobalArguments { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<DockerfileStage> Stages { get; init; }
}

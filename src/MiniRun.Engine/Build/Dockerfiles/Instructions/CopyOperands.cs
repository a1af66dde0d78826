using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Engine.Build.Dockerfiles.Words;

namespace MiniRun.Engine.Build.Dockerfiles.Instructions;

/// <summary>What COPY and ADD have in common.</summary>
public sealed record CopyOperands
{
    /// <summary>Paths and patterns; none of them a here-document.</summary>
    public required IReadOnlyList<SourceWord> Sources { get; init; }

    public required SourceWord Destination { get; init; }

    /// <summary>--chown: "user", "user:group", by number or by name in the image.</summary>
    public SourceWord? Owner { get; init; }

    /// <summary>--chmod: an octal number.</summary>
    public SourceWord? Mode { get; init; }

    /// <summary>Files written in the Dockerfile itself.</summary>
    public IReadOnlyList<Heredoc> Heredocs { get; init; } = [];
}

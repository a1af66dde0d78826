namespace MiniRun.Engine.Build.Dockerfiles.Source;

/// <summary>What the comments at the very top of a Dockerfile set ("# escape=`").</summary>
public sealed record ParserDirectives
{
    /// <summary>Joins lines and escapes characters: a backslash or a backtick.</summary>
    public char Escape { get; init; } = '\\';

    /// <summary>
    /// The frontend image that BuildKit would run instead of its own reader. minirun reads every Dockerfile itself, as docker
    /// without BuildKit does: no image gets to read a build's context.
    /// </summary>
    public string? Syntax { get; init; }

    /// <summary>BuildKit's lint settings; minirun has no such checks.</summary>
    public string? Check { get; init; }
}

namespace MiniRun.Cli.Output.Templates.Syntax;

/// <summary>A function or value with its arguments: one stage of a pipeline. The words are never none.</summary>
internal sealed record Command(SourcePlace Place, IReadOnlyList<Expression> Words);

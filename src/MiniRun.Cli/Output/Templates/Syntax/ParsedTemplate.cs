namespace MiniRun.Cli.Output.Templates.Syntax;

/// <summary>A template as it was understood.</summary>
/// <param name="Source">Its text, which errors quote.</param>
/// <param name="Definitions">The bodies of "define" and "block", by name.</param>
internal sealed record ParsedTemplate(string Source, IReadOnlyList<Statement> Body, IReadOnlyDictionary<string, IReadOnlyList<Statement>> Definitions);

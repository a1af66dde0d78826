namespace MiniRun.Cli.CommandLine;

/// <summary>A command's name and summary; its options are only declared when it is the one called, because that takes time.</summary>
internal sealed record CommandEntry(string Name, string Summary, Func<CommandDefinition> Define);

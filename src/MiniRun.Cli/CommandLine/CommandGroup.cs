namespace MiniRun.Cli.CommandLine;

/// <summary>Commands that --help lists together.</summary>
/// <param name="Word">docker's word for them, which stands before their names ("container stop"); empty for none.</param>
/// <param name="Heading">What they are about.</param>
internal sealed record CommandGroup(string Word, string Heading, IReadOnlyList<CommandEntry> Entries);

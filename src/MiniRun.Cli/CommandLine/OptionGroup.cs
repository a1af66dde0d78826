using System.CommandLine;

namespace MiniRun.Cli.CommandLine;

/// <summary>Options that belong together under one heading of --help.</summary>
internal sealed record OptionGroup(string Title, IReadOnlyList<Option> Options);

namespace MiniRun.Cli.CommandLine;

/// <summary>Arguments that must be there, with docker's words where they are not.</summary>
internal static class Required
{
    /// <exception cref="UsageException">There is none.</exception>
    internal static string[] Some(string[]? arguments, string command) =>
        arguments is { Length: > 0 } ? arguments : throw new UsageException($"'minirun {command}' requires at least 1 argument; see 'minirun {command} --help'");
}

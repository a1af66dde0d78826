namespace MiniRun.Cli.CommandLine;

/// <summary>Arguments that must be there, with docker's words where they are not.</summary>
internal static class Required
{
    /// <exception cref="UsageException">There is none.</exception>
    internal static string[] Some(string[]? arguments, string command) =>
        arguments is { Length: > 0 } ? arguments : throw new UsageException($"'minirun {command}' requires at least 1 argument; see 'minirun {command} --help'");

    /// <summary>The one argument of a command that takes no more.</summary>
    /// <exception cref="UsageException">There are none or more.</exception>
    internal static string One(string[]? arguments, string command) => Exactly(1, arguments, command, "argument")[0];

    /// <exception cref="UsageException">There are fewer or more.</exception>
    internal static string[] Exactly(int count, string[]? arguments, string command, string what) =>
        arguments?.Length == count ? arguments : throw new UsageException($"'minirun {command}' requires exactly {count} {what}; see 'minirun {command} --help'");
}

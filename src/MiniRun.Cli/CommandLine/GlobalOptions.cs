using System.CommandLine;

namespace MiniRun.Cli.CommandLine;

/// <summary>The options of every command; they may stand before the command's name as well as behind it.</summary>
internal sealed class GlobalOptions
{
    internal GlobalOptions(bool helpShorthand)
    {
        Help = helpShorthand ? New("--help", "Print this help", "-h") : New("--help", "Print this help");
        Group = new OptionGroup("Global options", [LogLevel, LogFile, Root, DataRoot, Help]);
    }

    internal Option<string?> LogLevel { get; } = new("--log-level") { HelpName = "LEVEL", Description = "Log what minirun does: debug, info, warn, error or fatal (default: nothing is logged)" };

    internal Option<string?> LogFile { get; } = new("--log-file") { HelpName = "FILE", Description = "Append the log to FILE instead of writing it to stderr (implies --log-level info)" };

    internal Option<string?> Root { get; } = new("--root") { HelpName = "FOLDER", Description = "State of running containers (default: /run/minirun, or $MINIRUN_STATE)" };

    internal Option<string?> DataRoot { get; } = new("--data-root") { HelpName = "FOLDER", Description = "Samples and containers (default: /var/lib/minirun, or $MINIRUN_DATA)" };

    /// <summary>A plain switch rather than System.CommandLine's own: --help here is <see cref="HelpText"/>, and `run -h` is a hostname.</summary>
    internal Option<bool> Help { get; }

    internal OptionGroup Group { get; }

    private static Option<bool> New(string name, string description, params string[] aliases) => new(name, aliases) { Description = description };
}

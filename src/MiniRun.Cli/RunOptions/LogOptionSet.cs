using System.CommandLine;
using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Logs;
using static MiniRun.Cli.CommandLine.OptionDeclaration;

namespace MiniRun.Cli.RunOptions;

/// <summary>The options of `run` about what becomes of the program's output.</summary>
internal sealed class LogOptionSet
{
    private readonly Option<string?> _driver = Value("--log-driver", "NAME", "Where a detached program's output is kept: json-file (default, for minirun logs) or none");
    private readonly Option<string[]> _options = Values("--log-opt", "KEY=VALUE", "max-size=10m rotates the log (units of 1000, default: never), max-file=3 keeps that many files (default: 1)");

    internal LogOptionSet()
    {
        Group = new OptionGroup("The log", [_driver, _options]);
    }

    internal OptionGroup Group { get; }

    internal LogOptions Read(ParseResult values) => LogOptions.Parse(values.GetValue(_driver), values.GetValue(_options) ?? []);
}

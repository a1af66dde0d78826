using MiniRun.Cli.CommandLine;
using MiniRun.Engine.Images;

namespace MiniRun.Cli.RunOptions;

/// <summary>The words of --pull.</summary>
internal static class PullOption
{
    /// <exception cref="UsageException">It is none of them.</exception>
    internal static PullPolicy Parse(string? text) => text switch
    {
        null or "missing" => PullPolicy.Missing,
        "always" => PullPolicy.Always,
        "never" => PullPolicy.Never,
        _ => throw new UsageException($"invalid pull option: '{text}': must be one of \"always\", \"missing\" or \"never\""),
    };
}

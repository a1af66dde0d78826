using System.CommandLine;

namespace MiniRun.Cli.CommandLine;

/// <summary>What help, manual and completion ask of an option.</summary>
internal static class OptionFacts
{
    internal static bool TakesValue(this Option option) => option is not Option<bool> && option.Arity.MaximumNumberOfValues > 0;
}

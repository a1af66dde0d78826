using MiniRun.Cli.CommandLine;

namespace MiniRun.Cli.Commands;

/// <summary>-i and -t together hand the caller's own terminal on, so there must be one.</summary>
internal static class InteractiveTerminal
{
    internal static void Check(bool interactive, bool terminal)
    {
        if (interactive && terminal && Console.IsInputRedirected)
        {
            throw new UsageException("the input device is not a TTY: leave out -t, or run minirun in a terminal");
        }
    }
}

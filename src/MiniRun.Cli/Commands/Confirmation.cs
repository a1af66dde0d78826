using MiniRun.Cli.Output;

namespace MiniRun.Cli.Commands;

/// <summary>Asks before something is deleted; no answer is no.</summary>
internal static class Confirmation
{
    internal static bool Ask(Terminal terminal, string warning)
    {
        terminal.Out.Write($"{warning}\nAre you sure you want to continue? [y/N] ");
        terminal.Out.Flush();
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}

using MiniRun.Linux;

namespace MiniRun.Cli.Output;

/// <summary>How minirun tells of failures: one line on stderr, whatever the message.</summary>
internal static class ErrorReport
{
    internal static void Print(TextWriter error, string message)
    {
        error.Write($"minirun: {OneLine.Of(message)}\n");
        error.Flush();
    }
}

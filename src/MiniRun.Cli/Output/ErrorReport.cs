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

    /// <summary>The same, followed by the lines of a source file that it is about.</summary>
    internal static void Print(TextWriter error, string message, string excerpt)
    {
        Print(error, message);
        foreach (ReadOnlySpan<char> line in excerpt.AsSpan().EnumerateLines())
        {
            error.Write($"    {line}\n");
        }

        error.Flush();
    }
}

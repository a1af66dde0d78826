namespace MiniRun.Cli.Output;

/// <summary>Whether text on a terminal has colours. Elsewhere it never has.</summary>
internal static class Colors
{
    /// <summary>Not with NO_COLOR (https://no-color.org), nor on a terminal that knows none.</summary>
    /// <param name="variable">Looks up a variable of the environment.</param>
    internal static bool AreWanted(Func<string, string?> variable) => variable("NO_COLOR") is null or "" && variable("TERM") is not (null or "" or "dumb");
}

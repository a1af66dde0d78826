namespace MiniRun.Runtime.Plan;

/// <summary>What is said of a hook that failed, whoever ran it.</summary>
internal static class HookText
{
    /// <param name="name">"hook", or which: "poststop hook #0".</param>
    /// <param name="path">The hook's program.</param>
    /// <param name="status">Its exit status, 128 + n for signal n.</param>
    /// <param name="words">The end of what it wrote.</param>
    public static string Failed(string name, string path, int status, string words) =>
        $"error running {name} '{path}': {(status > 128 ? $"signal {status - 128}" : $"exit status {status}")}{Said(words)}";

    /// <param name="name">"hook", or which: "poststop hook #0".</param>
    /// <param name="path">The hook's program.</param>
    /// <param name="seconds">The time it had.</param>
    /// <param name="words">The end of what it wrote.</param>
    public static string TimedOut(string name, string path, int seconds, string words) =>
        $"error running {name} '{path}': killed, because it did not end within its timeout of {seconds} s{Said(words)}";

    private static string Said(string words) => words.Trim() is { Length: > 0 } said ? $", it said: {said.ReplaceLineEndings(" ")}" : "";
}

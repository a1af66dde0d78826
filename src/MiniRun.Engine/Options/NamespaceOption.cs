using MiniRun.Linux;

namespace MiniRun.Engine.Options;

/// <summary>--pid, --ipc, --uts, --cgroupns, --userns and --network.</summary>
public static class NamespaceOption
{
    /// <exception cref="OptionException">The word is unknown.</exception>
    /// <exception cref="MiniRunException">It is a mode of a later version.</exception>
    public static NamespaceChoice Parse(string text, string option) => text switch
    {
        "" => NamespaceChoice.Default,
        "private" => NamespaceChoice.Private,
        "host" => NamespaceChoice.Host,
        "none" when option == "--network" => NamespaceChoice.None,
        _ when option == "--network" => throw new MiniRunException($"--network {text}: only none, host and private (loopback alone) are there yet; bridges and named networks come with a later version"),
        _ when IsLater(text) => throw new MiniRunException($"{option} {text}: joining another container's namespace is not there yet; use private or host"),
        _ => throw new OptionException(option, text, "there are private and host"),
    };

    private static bool IsLater(string text) =>
        text.StartsWith("container:", StringComparison.Ordinal) || text.StartsWith("ns:", StringComparison.Ordinal) || text is "shareable" or "auto" or "none" || text.StartsWith("keep-id", StringComparison.Ordinal);
}

using MiniRun.Linux;

namespace MiniRun.Engine.Options;

/// <summary>A value that an option cannot have: names the value, the option and what it takes, in one line.</summary>
public sealed class OptionException(string option, string value, string reason)
    : MiniRunException($"invalid argument \"{Shown(value)}\" for {option}: {reason}")
{
    private const int ShownLength = 128;

    private static string Shown(string value)
    {
        string text = value.Length <= ShownLength ? value : string.Concat(value.AsSpan(0, ShownLength), "…");
        return text.Replace('\n', ' ');
    }
}

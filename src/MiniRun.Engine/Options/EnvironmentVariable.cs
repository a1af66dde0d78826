namespace MiniRun.Engine.Options;

/// <summary>One -e: NAME=VALUE, or NAME alone (a null Value), which takes the caller's value or removes the image's.</summary>
public readonly record struct EnvironmentVariable(string Name, string? Value)
{
    /// <exception cref="OptionException">The name is empty.</exception>
    public static EnvironmentVariable Parse(string text, string option)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals == 0 || text.Length == 0)
        {
            throw new OptionException(option, text, "the variable has no name; write NAME=VALUE");
        }

        return equals < 0 ? new EnvironmentVariable(text, null) : new EnvironmentVariable(text[..equals], text[(equals + 1)..]);
    }
}

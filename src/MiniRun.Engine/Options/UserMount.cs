namespace MiniRun.Engine.Options;

/// <summary>A mount the user asked for: a <see cref="BindMount"/> or a <see cref="TmpfsMount"/>.</summary>
public abstract record UserMount
{
    /// <summary>The path inside, absolute and not "/".</summary>
    public required string Destination { get; init; }

    /// <summary>The option as it was written, for explain.</summary>
    public required string Origin { get; init; }

    /// <summary>The option and the value that ask for the same mount.</summary>
    internal abstract (string Option, string Text) AsOption();

    internal static string CheckedDestination(string path, string text, string option)
    {
        if (!path.StartsWith('/'))
        {
            throw new OptionException(option, text, $"the path inside the container must be absolute, not \"{path}\"");
        }

        string trimmed = path.TrimEnd('/');
        if (trimmed.Length == 0 || trimmed is "/." or "/..")
        {
            throw new OptionException(option, text, "the path inside the container cannot be '/'");
        }

        return trimmed;
    }
}

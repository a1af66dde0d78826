namespace MiniRun.Engine.Options;

/// <summary>A mount the user asked for: a <see cref="VolumeMount"/>, <see cref="BindMount"/>, <see cref="TmpfsMount"/> or <see cref="ImageMount"/>.</summary>
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

        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new OptionException(option, text.Replace('\0', ' '), "the path inside the container has a NUL");
        }

        string trimmed = Path.GetFullPath(path).TrimEnd('/'); // "..", "." and "//" are gone; it is absolute, so no folder matters
        if (trimmed.Length == 0)
        {
            throw new OptionException(option, text, "the path inside the container cannot be '/'");
        }

        return trimmed;
    }
}

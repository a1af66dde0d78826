using MiniRun.Linux;

namespace MiniRun.Runtime;

/// <summary>A container's id: what a folder may be called and nothing that could leave it (runc's rule: letters, digits, "_", "+", "-", ".", at most 1024).</summary>
public readonly record struct ContainerId
{
    /// <summary>The longest id accepted; a folder's name may not be longer.</summary>
    public const int MaxLength = 255;

    private const int ShortLength = 12;

    private ContainerId(string value)
    {
        Value = value;
    }

    public string Value { get; }

    /// <summary>The 12 digits that people see of an engine's id.</summary>
    public string Short => Value.Length > ShortLength ? Value[..ShortLength] : Value;

    /// <summary>Parses an id.</summary>
    /// <exception cref="MiniRunException">The text is empty, too long, "." or "..", or holds another character.</exception>
    public static ContainerId Parse(string text)
    {
        if (text.Length is 0 or > MaxLength || text is "." or "..")
        {
            throw new MiniRunException($"invalid container ID format: {Shown(text)}: give 1 to {MaxLength} letters, digits or _+-.");
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '+' or '-' or '.'))
            {
                throw new MiniRunException($"invalid container ID format: {Shown(text)}: give 1 to {MaxLength} letters, digits or _+-.");
            }
        }

        return new ContainerId(text);
    }

    public override string ToString() => Value;

    private static string Shown(string text) => text.Length <= 64 ? $"'{text}'" : $"'{text[..64]}…'";
}

using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Options;

/// <summary>The name of a volume, which is also that of its folder: docker's rule, so it is never a path.</summary>
public readonly record struct VolumeName
{
    private const int MaxLength = 255; // a file's name
    private const int RandomBytes = 32;

    private readonly string? _text;

    private VolumeName(string text)
    {
        _text = text;
    }

    public string Value => _text ?? throw new InvalidOperationException("a volume's name that was never parsed");

    /// <summary>Checks a name: [a-zA-Z0-9][a-zA-Z0-9_.-]+.</summary>
    /// <exception cref="MiniRunException">It breaks the rule.</exception>
    public static VolumeName Parse(string text)
    {
        if (text.Length == 1)
        {
            throw new MiniRunException($"volume name is too short, names should be at least two alphanumeric characters: \"{text}\"");
        }

        return TryParse(text) ?? throw new MiniRunException(
            $"\"{OneLine.Of(text.Length <= MaxLength ? text : text[..MaxLength] + "…")}\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed, {MaxLength} at most. If you intended to pass a host directory, use absolute path");
    }

    /// <summary>The same; null where it breaks the rule.</summary>
    public static VolumeName? TryParse(string text)
    {
        bool valid = text.Length is > 1 and <= MaxLength && char.IsAsciiLetterOrDigit(text[0]);
        foreach (char c in text)
        {
            valid &= char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';
        }

        return valid ? new VolumeName(text) : null;
    }

    /// <summary>A name for a volume that nobody has named: 64 hexadecimal digits.</summary>
    public static VolumeName New()
    {
        // Not RandomNumberGenerator: it loads OpenSSL, which takes longer than starting the container.
        Span<byte> random = stackalloc byte[RandomBytes];
        HostFile.ReadInto("/dev/urandom", random);
        return new VolumeName(Convert.ToHexStringLower(random));
    }

    public override string ToString() => Value;
}

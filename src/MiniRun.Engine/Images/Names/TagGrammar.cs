namespace MiniRun.Engine.Images.Names;

/// <summary>Tags: [A-Za-z0-9_][A-Za-z0-9_.-]{0,127}.</summary>
internal static class TagGrammar
{
    private const int MaxLength = 128;

    internal static bool IsTag(ReadOnlySpan<char> text)
    {
        bool valid = text.Length is > 0 and <= MaxLength && text[0] is not ('.' or '-');
        foreach (char c in text)
        {
            valid &= char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';
        }

        return valid;
    }
}

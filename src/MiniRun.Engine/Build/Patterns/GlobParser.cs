using System.Text;

namespace MiniRun.Engine.Build.Patterns;

/// <summary>Reads patterns into tokens.</summary>
internal static class GlobParser
{
    internal static List<GlobToken>? TryParse(string pattern, bool doubleStar)
    {
        List<GlobToken> tokens = [];
        int position = 0;
        while (position < pattern.Length)
        {
            char c = pattern[position++];
            switch (c)
            {
                case '*' when doubleStar && position < pattern.Length && pattern[position] == '*':
                    position++;
                    AddDoubleStar(pattern, ref position, tokens);
                    break;
                case '*':
                    tokens.Add(new GlobToken(GlobTokenKind.Star));
                    break;
                case '?':
                    tokens.Add(new GlobToken(GlobTokenKind.Single));
                    break;
                case '[':
                    if (TrySet(pattern, ref position) is not { } set)
                    {
                        return null;
                    }

                    tokens.Add(set);
                    break;
                case '\\' when position == pattern.Length:
                    return null;
                default:
                    tokens.Add(new GlobToken(GlobTokenKind.Literal, c == '\\' ? pattern[position++] : c));
                    break;
            }
        }

        return tokens;
    }

    /// <summary>As docker reads "**": with the slash after it any folders or none, at the end everything.</summary>
    private static void AddDoubleStar(string pattern, ref int position, List<GlobToken> tokens)
    {
        if (position < pattern.Length && pattern[position] == '/')
        {
            position++;
        }

        if (position == pattern.Length)
        {
            tokens.Add(new GlobToken(GlobTokenKind.Anything));
            return;
        }

        tokens.Add(new GlobToken(GlobTokenKind.Optional));
        tokens.Add(new GlobToken(GlobTokenKind.Folders));
    }

    /// <summary>A set from after its "[" to after its "]"; null where it has no end or nothing in it.</summary>
    private static GlobToken? TrySet(string pattern, ref int position)
    {
        bool negated = position < pattern.Length && pattern[position] == '^';
        position += negated ? 1 : 0;
        var ranges = new StringBuilder();
        while (position < pattern.Length && (pattern[position] != ']' || ranges.Length == 0))
        {
            if (TryCharacter(pattern, ref position) is not { } first)
            {
                return null;
            }

            char? last = first;
            if (position < pattern.Length && pattern[position] == '-')
            {
                position++;
                last = TryCharacter(pattern, ref position);
            }

            if (last is null)
            {
                return null;
            }

            ranges.Append(first).Append(last.Value);
        }

        return position++ < pattern.Length ? new GlobToken(GlobTokenKind.Set, Ranges: ranges.ToString(), Negated: negated) : null;
    }

    /// <summary>A character of a set, escaped or not; a "-" or "]" has to be escaped.</summary>
    private static char? TryCharacter(string pattern, ref int position)
    {
        if (position < pattern.Length && pattern[position] == '\\')
        {
            position++;
        }
        else if (position < pattern.Length && pattern[position] is '-' or ']')
        {
            return null;
        }

        return position < pattern.Length ? pattern[position++] : null;
    }
}

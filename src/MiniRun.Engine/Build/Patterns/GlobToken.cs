namespace MiniRun.Engine.Build.Patterns;

/// <summary>One part of a pattern.</summary>
/// <param name="Character">Of a literal.</param>
/// <param name="Ranges">Of a set: pairs of the first and last character.</param>
/// <param name="Negated">Of a set: whether it is of all other characters.</param>
internal readonly record struct GlobToken(GlobTokenKind Kind, char Character = '\0', string Ranges = "", bool Negated = false)
{
    /// <summary>Whether a token of exactly one character takes this one.</summary>
    internal bool Matches(char c) => Kind switch
    {
        GlobTokenKind.Literal => c == Character,
        GlobTokenKind.Single => c != '/',
        _ => c != '/' && InRanges(c) != Negated,
    };

    private bool InRanges(char c)
    {
        for (int i = 0; i + 1 < Ranges.Length; i += 2)
        {
            if (c >= Ranges[i] && c <= Ranges[i + 1])
            {
                return true;
            }
        }

        return false;
    }
}

namespace MiniRun.Engine.Build.Patterns;

/// <summary>
/// A pattern of file names: "*", "?", "[a-z]" and "\" as Go's filepath.Match has them, and "**" for any number of folders
/// where the syntax knows it. It is matched by following all possibilities at once, so that no pattern takes exponential time.
/// </summary>
public sealed class GlobPattern
{
    private readonly List<GlobToken> _tokens;

    private GlobPattern(List<GlobToken> tokens)
    {
        _tokens = tokens;
    }

    /// <summary>Go's filepath.Match: what COPY and ADD take.</summary>
    /// <returns>Null where a bracket or an escape is not complete.</returns>
    public static GlobPattern? TryOfPath(string pattern) => GlobParser.TryParse(pattern, doubleStar: false) is { } tokens ? new GlobPattern(tokens) : null;

    /// <summary>The same with "**": what .dockerignore has.</summary>
    /// <returns>Null where a bracket or an escape is not complete.</returns>
    public static GlobPattern? TryOfIgnore(string pattern) => GlobParser.TryParse(pattern, doubleStar: true) is { } tokens ? new GlobPattern(tokens) : null;

    /// <summary>Whether a name has any character that makes it a pattern.</summary>
    public static bool IsPattern(ReadOnlySpan<char> name) => name.IndexOfAny("*?[\\") >= 0;

    /// <summary>Whether the whole path matches; its separators are slashes.</summary>
    public bool Matches(ReadOnlySpan<char> path)
    {
        // states[i]: the tokens before i have matched all that was read so far.
        bool[] states = new bool[_tokens.Count + 1];
        bool[] next = new bool[_tokens.Count + 1];
        states[0] = true;
        Skip(states);
        foreach (char c in path)
        {
            Array.Clear(next);
            for (int i = 0; i < _tokens.Count; i++)
            {
                if (states[i])
                {
                    Advance(i, c, next);
                }
            }

            Skip(next);
            (states, next) = (next, states);
        }

        return states[_tokens.Count];
    }

    private void Advance(int state, char c, bool[] next)
    {
        GlobToken token = _tokens[state];
        switch (token.Kind)
        {
            case GlobTokenKind.Optional:
                break;
            case GlobTokenKind.Folders:
                next[state] = true;
                next[state + 1] |= c == '/';
                break;
            case GlobTokenKind.Anything:
                next[state] = true;
                break;
            case GlobTokenKind.Star:
                next[state] |= c != '/';
                break;
            default:
                next[state + 1] |= token.Matches(c);
                break;
        }
    }

    /// <summary>What may match nothing at all may be passed over.</summary>
    private void Skip(bool[] states)
    {
        for (int i = 0; i < _tokens.Count; i++)
        {
            GlobTokenKind kind = _tokens[i].Kind;
            if (!states[i])
            {
                continue;
            }

            if (kind is GlobTokenKind.Star or GlobTokenKind.Anything or GlobTokenKind.Optional)
            {
                states[i + 1] = true;
            }

            if (kind is GlobTokenKind.Optional)
            {
                states[i + 2] = true;
            }
        }
    }
}

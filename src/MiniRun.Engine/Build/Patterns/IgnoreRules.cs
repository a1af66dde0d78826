using MiniRun.Linux;

namespace MiniRun.Engine.Build.Patterns;

/// <summary>What .dockerignore leaves out of a context: the last rule that matches a path, or a folder above it, decides.</summary>
public sealed class IgnoreRules
{
    /// <summary>The largest .dockerignore read, in bytes.</summary>
    public const int MaxSize = 1 << 20;

    private readonly List<IgnoreRule> _rules = [];

    private IgnoreRules()
    {
    }

    /// <summary>Leaves nothing out.</summary>
    public static IgnoreRules None { get; } = new();

    /// <summary>Whether a rule takes something back that another leaves out: then what is below a left-out folder has to be looked at.</summary>
    public bool HasExceptions { get; private set; }

    /// <summary>Reads the file's text; <paramref name="name"/> is its name for errors.</summary>
    /// <exception cref="MiniRunException">A pattern is not complete.</exception>
    public static IgnoreRules Read(string name, string text)
    {
        var rules = new IgnoreRules();
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().TrimStart('\ufeff').EnumerateLines())
        {
            number++;
            ReadOnlySpan<char> pattern = line.StartsWith('#') ? [] : line.Trim();
            bool exception = pattern.StartsWith('!');
            string cleaned = Cleaned(exception ? pattern[1..].Trim() : pattern);
            if (cleaned.Length == 0 && !exception)
            {
                continue;
            }

            GlobPattern glob = GlobPattern.TryOfIgnore(cleaned) ?? throw new MiniRunException($"{name}:{number}: syntax error in pattern: {pattern}");
            rules._rules.Add(new IgnoreRule(glob, exception));
            rules.HasExceptions |= exception;
        }

        return rules;
    }

    /// <summary>Whether a path of the context, without a slash at its beginning, is left out.</summary>
    public bool Excludes(string path)
    {
        bool excluded = false;
        foreach (IgnoreRule rule in _rules)
        {
            if (rule.IsException == excluded && MatchesPathOrParent(rule.Pattern, path))
            {
                excluded = !rule.IsException;
            }
        }

        return excluded;
    }

    private static bool MatchesPathOrParent(GlobPattern pattern, string path)
    {
        for (int end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (pattern.Matches(path.AsSpan(0, end)))
            {
                return true;
            }
        }

        return pattern.Matches(path);
    }

    /// <summary>A pattern as Go's filepath.Clean leaves it, from the context's root on; "" is the root itself.</summary>
    private static string Cleaned(ReadOnlySpan<char> pattern)
    {
        List<string> parts = [];
        foreach (Range range in pattern.Split('/'))
        {
            string part = pattern[range].ToString();
            if (part is "" or ".")
            {
                continue;
            }

            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
                continue;
            }

            parts.Add(part);
        }

        return string.Join('/', parts);
    }

    private readonly record struct IgnoreRule(GlobPattern Pattern, bool IsException);
}

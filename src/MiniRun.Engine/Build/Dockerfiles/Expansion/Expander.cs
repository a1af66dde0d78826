using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Expansion;

/// <summary>
/// Replaces variables and takes off quotes, as docker does it in every instruction but RUN, CMD and ENTRYPOINT, whose text
/// the shell reads. In single quotes everything stands for itself; in double quotes variables count, and the escape
/// character only before a quote, a dollar or itself.
/// </summary>
public sealed class Expander(SourceText source, char escape)
{
    /// <summary>A word with its variables replaced.</summary>
    /// <exception cref="DockerfileException">A quote or brace is not closed, or a substitution is none that docker has.</exception>
    public string Expand(SourceWord word, VariableLookup variables)
    {
        var expansion = new Expansion(source, word, escape, variables) { KeepsQuotes = false };
        return expansion.ToEnd().Text;
    }

    /// <summary>As <see cref="Expand"/>, and what variables brought in is split at blanks (EXPOSE).</summary>
    /// <exception cref="DockerfileException">See <see cref="Expand"/>.</exception>
    public IReadOnlyList<string> ExpandToWords(SourceWord word, VariableLookup variables)
    {
        var expansion = new Expansion(source, word, escape, variables) { KeepsQuotes = false };
        return expansion.ToEnd().Words;
    }

    /// <summary>A here-document: variables are replaced, quotes are characters like others.</summary>
    /// <exception cref="DockerfileException">See <see cref="Expand"/>.</exception>
    public string ExpandText(string text, int offset, VariableLookup variables)
    {
        var expansion = new Expansion(source, new SourceWord(text, offset), escape, variables) { KeepsQuotes = true };
        return expansion.ToEnd().Text;
    }
}

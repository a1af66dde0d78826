using MiniRun.Linux;

namespace MiniRun.Engine.Images.Names;

/// <summary>Repository paths: components of lower-case letters and digits, parted within by ".", "_", "__" or dashes, and by "/".</summary>
internal static class RepositoryGrammar
{
    private const int MaxLength = 255;
    private const int IdLength = 64;

    /// <summary>Checks a path; <paramref name="written"/> is what the user wrote of it.</summary>
    /// <exception cref="MiniRunException">It is no path.</exception>
    internal static void Check(string text, string written, string path)
    {
        if (path.Length > MaxLength)
        {
            throw ImageReference.Invalid(text, $"the repository's name is longer than {MaxLength} characters");
        }

        if (Digest.IsHex(written, IdLength))
        {
            throw ImageReference.Invalid(text, "64 hexadecimal digits are an image's id and not a name");
        }

        foreach (char c in written)
        {
            if (char.IsAsciiLetterUpper(c))
            {
                throw ImageReference.Invalid(text, "repository name must be lowercase");
            }
        }

        foreach (string component in path.Split('/'))
        {
            if (!IsComponent(component))
            {
                throw ImageReference.Invalid(text, $"\"{component}\" is no part of a repository's name: lower-case letters and digits are, parted by \".\", \"_\", \"__\" or \"-\"");
            }
        }
    }

    private static bool IsComponent(ReadOnlySpan<char> component)
    {
        int at = 0;
        while (true)
        {
            int word = at;
            while (at < component.Length && (char.IsAsciiLetterLower(component[at]) || char.IsAsciiDigit(component[at])))
            {
                at++;
            }

            if (at == word)
            {
                return false;
            }

            if (at == component.Length)
            {
                return true;
            }

            int separator = at;
            while (at < component.Length && (component[at] is '.' or '_' or '-'))
            {
                at++;
            }

            if (!IsSeparator(component[separator..at]))
            {
                return false;
            }
        }
    }

    private static bool IsSeparator(ReadOnlySpan<char> text) => text is "." or "_" or "__" || (text.Length > 0 && text.IndexOfAnyExcept('-') < 0);
}

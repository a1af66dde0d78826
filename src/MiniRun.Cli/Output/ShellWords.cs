using System.Text;

namespace MiniRun.Cli.Output;

/// <summary>Command lines for a POSIX shell: pasted into one, each word comes back as it was.</summary>
internal static class ShellWords
{
    private const string Plain = "%+,-./:=@_";

    internal static string Line(IEnumerable<string> words) => string.Join(' ', words.Select(Word));

    /// <summary>A word; of --name=value only the value is quoted.</summary>
    internal static string Word(string word)
    {
        int equals = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=', StringComparison.Ordinal) : -1;
        return equals > 0 && IsPlain(word.AsSpan(0, equals)) ? $"{word[..(equals + 1)]}{Quoted(word[(equals + 1)..])}" : Quoted(word);
    }

    private static string Quoted(string text)
    {
        if (text.Length > 0 && IsPlain(text))
        {
            return text;
        }

        return new StringBuilder(text).Replace("'", @"'\''").Insert(0, '\'').Append('\'').ToString();
    }

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !Plain.Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}

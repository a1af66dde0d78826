using System.Text;
using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates.Functions;

/// <summary>docker's functions on texts.</summary>
internal static class Wording
{
    /// <summary>Each word's first letter as a capital.</summary>
    internal static string Title(string text)
    {
        StringBuilder title = new(text.Length);
        char before = ' ';
        foreach (char c in text)
        {
            // Go's rule: letters, digits and "_" continue a word, and beyond ASCII all but white space.
            bool begins = !char.IsLetterOrDigit(before) && before != '_' && (before < 0x80 || char.IsWhiteSpace(before));
            title.Append(begins ? char.ToUpperInvariant(c) : c);
            before = c;
        }

        return title.ToString();
    }

    /// <summary>Blanks before and behind a text, unless it is empty.</summary>
    /// <exception cref="FunctionException">A count is negative or beyond measure.</exception>
    internal static TemplateValue Pad(FunctionCall call)
    {
        string text = call.Text(0);
        int before = Count(call, 1);
        int behind = Count(call, 2);
        return text.Length == 0
            ? call[0]
            : new TemplateValue.Text(new CountedText(call.Budget).Append(' ', before).Append(text).Append(' ', behind).ToString());
    }

    /// <summary>The first characters of a text; all where there are no more.</summary>
    /// <exception cref="FunctionException">The length is negative.</exception>
    internal static string Truncate(string text, int length)
    {
        if (length < 0)
        {
            throw new FunctionException($"slice bounds out of range [:{length}]");
        }

        return text.Length <= length ? text : text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    private static int Count(FunctionCall call, int argument) =>
        call.Number(argument) is >= 0 and var count ? count : throw new FunctionException("strings: negative Repeat count");
}

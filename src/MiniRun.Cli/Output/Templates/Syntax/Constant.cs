using System.Globalization;
using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates.Syntax;

/// <summary>The values that are written down in a template, by Go's rules.</summary>
internal static class Constant
{
    /// <exception cref="TemplateException">An escape is none.</exception>
    internal static string Text(Token token, TokenReader place) => token.Kind == TokenKind.RawString
        ? token.Text[1..^1].Replace("\r", "", StringComparison.Ordinal)
        : GoQuote.Unquote(token.Text.AsSpan(1, token.Text.Length - 2), token.Text[0]) ?? throw place.Failure("invalid syntax");

    /// <summary>"'a'" is the number of the character.</summary>
    /// <exception cref="TemplateException">There is none or more than one character.</exception>
    internal static TemplateValue Character(Token token, TokenReader place)
    {
        string text = Text(token, place);
        return System.Text.Rune.DecodeFromUtf16(text, out System.Text.Rune rune, out int length) == System.Buffers.OperationStatus.Done && length == text.Length
            ? new TemplateValue.Integer(rune.Value)
            : throw place.Failure($"malformed character constant: {token.Text}");
    }

    /// <summary>Whole numbers in decimal, 0x, 0o, 0 and 0b, and decimal fractions; "_" may stand between digits.</summary>
    /// <exception cref="TemplateException">It is no number.</exception>
    internal static TemplateValue Number(Token token, TokenReader place)
    {
        string text = token.Text.Replace("_", "", StringComparison.Ordinal);
        int sign = text[0] == '-' ? -1 : 1;
        ReadOnlySpan<char> digits = text.AsSpan(text[0] is '+' or '-' ? 1 : 0);
        if (Whole(digits) is { } whole)
        {
            return new TemplateValue.Integer(sign * whole);
        }

        const NumberStyles Fraction = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(digits, Fraction, CultureInfo.InvariantCulture, out double fraction) && double.IsFinite(fraction)
            ? new TemplateValue.Fraction(sign * fraction)
            : throw place.Failure($"bad number syntax: {GoQuote.Of(token.Text)}");
    }

    private static Int128? Whole(ReadOnlySpan<char> digits)
    {
        int radix = digits switch
        {
            ['0', 'x' or 'X', ..] => 16,
            ['0', 'o' or 'O', ..] or ['0', _, ..] and not ['0', 'b' or 'B', ..] => 8,
            ['0', 'b' or 'B', ..] => 2,
            _ => 10,
        };
        ReadOnlySpan<char> rest = digits is ['0', var kind, ..] && char.IsAsciiLetter(kind) ? digits[2..] : digits;
        UInt128 value = 0;
        foreach (char c in rest)
        {
            int digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiHexDigit(c) ? (c | 0x20) - 'a' + 10 : radix;
            if (digit >= radix || value > ulong.MaxValue)
            {
                return null;
            }

            value = (value * (uint)radix) + (uint)digit;
        }

        return rest.IsEmpty || value > ulong.MaxValue ? null : (Int128)value;
    }
}

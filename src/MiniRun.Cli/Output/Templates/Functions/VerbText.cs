using System.Globalization;
using System.Text;
using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates.Functions;

/// <summary>One value by one printf verb; a list's elements each by it.</summary>
internal static class VerbText
{
    private const int DefaultPrecision = 6;

    /// <exception cref="FunctionException">It is more than may be made.</exception>
    internal static void Append(CountedText text, TemplateValue value, FormatVerb verb)
    {
        switch (value)
        {
            case var _ when verb.Letter == 'T':
                Pad(text, value.TypeName, verb);
                break;
            case TemplateValue.Nothing { Printed: var printed } nothing:
                AppendNothing(text, nothing.IsEmptyCollection ? printed : "<nil>", nothing, verb);
                break;
            case TemplateValue.List or TemplateValue.Map or TemplateValue.Row:
                ValueText.AppendEach(text, value, (to, element) => Append(to, element, verb), names: verb.Plus);
                break;
            case TemplateValue.Boolean boolean when verb.Letter is 'v' or 't':
                Pad(text, boolean.Value ? "true" : "false", verb);
                break;
            case TemplateValue.Integer integer when Integer(integer.Value, verb) is { } digits:
                AppendNumber(text, digits, verb);
                break;
            case TemplateValue.Fraction fraction when Fraction(fraction.Value, verb) is { } digits:
                AppendNumber(text, digits, verb);
                break;
            case TemplateValue.Text plain when Text(plain.Value, verb) is { } shown:
                Pad(text, shown, verb);
                break;
            default:
                AppendTyped(text.Append("%!").Append(verb.Letter).Append('('), value);
                text.Append(')');
                break;
        }
    }

    /// <summary>"string=hi", as Go remarks on values that do not fit.</summary>
    /// <exception cref="FunctionException">It is more than may be made.</exception>
    internal static void AppendTyped(CountedText text, TemplateValue value)
    {
        if (value is TemplateValue.Nothing)
        {
            text.Append("<nil>");
            return;
        }

        ValueText.Append(text.Append(value.TypeName).Append('='), value);
    }

    private static void AppendNothing(CountedText text, string printed, TemplateValue.Nothing nothing, FormatVerb verb)
    {
        if (verb.Letter == 'v' || nothing.IsEmptyCollection)
        {
            Pad(text, printed, verb);
        }
        else
        {
            text.Append("%!").Append(verb.Letter).Append("(<nil>)");
        }
    }

    private static string? Text(string value, FormatVerb verb)
    {
        string cut = verb.Precision is { } precision && precision < value.Length ? value[..precision] : value;
        return verb.Letter switch
        {
            'v' when verb.Sharp => GoQuote.Of(value),
            'v' or 's' => cut,
            'q' => GoQuote.Of(cut),
            'x' => Hexadecimal(cut, verb).ToLowerInvariant(),
            'X' => Hexadecimal(cut, verb),
            _ => null,
        };
    }

    private static string Hexadecimal(string text, FormatVerb verb)
    {
        string digits = Convert.ToHexString(Encoding.UTF8.GetBytes(text));
        string joined = verb.Space ? string.Join(' ', digits.Chunk(2).Select(pair => new string(pair))) : digits;
        return verb.Sharp && digits.Length > 0 ? $"0X{joined}" : joined;
    }

    /// <summary>The digits, with a minus where there is one; null where the verb is none of numbers.</summary>
    private static string? Integer(Int128 value, FormatVerb verb)
    {
        UInt128 size = UInt128.CreateTruncating(Int128.Abs(value));
        if (verb.Letter is 'c' or 'q')
        {
            Rune rune = value >= 0 && value <= 0x10FFFF && Rune.IsValid((int)value) ? new Rune((int)value) : Rune.ReplacementChar;
            return verb.Letter == 'c' ? rune.ToString() : $"'{GoQuote.Of(rune.ToString())[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal)}'";
        }

        string? digits = verb.Letter switch
        {
            'v' or 'd' => size.ToString(CultureInfo.InvariantCulture),
            'x' => (verb.Sharp ? "0x" : "") + size.ToString("x", CultureInfo.InvariantCulture),
            'X' => (verb.Sharp ? "0X" : "") + size.ToString("X", CultureInfo.InvariantCulture),
            'b' => size.ToString("b", CultureInfo.InvariantCulture),
            'o' => (verb.Sharp ? "0" : "") + Octal(size),
            'O' => "0o" + Octal(size),
            'U' => "U+" + size.ToString("X4", CultureInfo.InvariantCulture),
            _ => null,
        };
        string zeros = digits is not null && verb.Precision > digits.Length ? new string('0', verb.Precision.Value - digits.Length) : "";
        return digits is null ? null : $"{(value < 0 ? "-" : "")}{zeros}{digits}";
    }

    private static string Octal(UInt128 value)
    {
        StringBuilder digits = new();
        do
        {
            digits.Insert(0, (char)('0' + (int)(value & 7)));
            value >>= 3;
        }
        while (value != 0);
        return digits.ToString();
    }

    private static string? Fraction(double value, FormatVerb verb) => verb.Letter switch
    {
        'v' or 'g' => GoFloat.General(value, verb.Precision),
        'G' => GoFloat.General(value, verb.Precision).ToUpperInvariant(),
        'e' => GoFloat.Exponent(value, verb.Precision ?? DefaultPrecision),
        'E' => GoFloat.Exponent(value, verb.Precision ?? DefaultPrecision).ToUpperInvariant(),
        'f' or 'F' => GoFloat.Fixed(value, verb.Precision ?? DefaultPrecision),
        _ => null,
    };

    /// <summary>A number with its sign, and with zeros up to the width where they are asked for.</summary>
    private static void AppendNumber(CountedText text, string digits, FormatVerb verb)
    {
        bool isNegative = digits.StartsWith('-');
        string sign = isNegative ? "-" : verb.Plus ? "+" : verb.Space ? " " : "";
        string size = isNegative ? digits[1..] : digits;
        int zeros = verb.Zero && char.IsAsciiDigit(size[0]) ? Math.Max(0, (verb.Width ?? 0) - sign.Length - size.Length) : 0;
        Pad(text, $"{sign}{new string('0', zeros)}{size}", verb);
    }

    private static void Pad(CountedText text, string shown, FormatVerb verb)
    {
        int blanks = Math.Max(0, (verb.Width ?? 0) - shown.EnumerateRunes().Count());
        text.Append(' ', verb.Minus ? 0 : blanks).Append(shown).Append(' ', verb.Minus ? blanks : 0);
    }
}

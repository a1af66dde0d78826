using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates.Functions;

/// <summary>printf: finds the verbs in a format and gives each its argument, with Go's remarks on what does not fit.</summary>
internal sealed class PrintfFormat
{
    /// <summary>Go takes no width or precision beyond this.</summary>
    private const int Widest = 1_000_000;

    private readonly string _format;
    private readonly IReadOnlyList<TemplateValue> _arguments;
    private readonly CountedText _text;
    private int _position;
    private int _argument;

    private PrintfFormat(string format, IReadOnlyList<TemplateValue> arguments, Budget budget)
    {
        _format = format;
        _arguments = arguments;
        _text = new CountedText(budget);
    }

    /// <exception cref="FunctionException">It is more than may be made.</exception>
    internal static string Print(string format, IReadOnlyList<TemplateValue> arguments, Budget budget)
    {
        var print = new PrintfFormat(format, arguments, budget);
        print.Print();
        return print._text.ToString();
    }

    private void Print()
    {
        while (_position < _format.Length)
        {
            int percent = _format.IndexOf('%', _position);
            percent = percent < 0 ? _format.Length : percent;
            _text.Append(_format.AsSpan(_position, percent - _position));
            _position = percent + 1;
            if (percent < _format.Length)
            {
                PrintVerb();
            }
        }

        AppendExtra();
    }

    private void PrintVerb()
    {
        FormatVerb verb = ReadFlags();
        verb = verb with { Width = ReadNumber("WIDTH") };
        if (verb.Width < 0)
        {
            verb = verb with { Width = -verb.Width, Minus = true, Zero = false };
        }

        if (_position < _format.Length && _format[_position] == '.')
        {
            _position++;
            int? precision = ReadNumber("PREC");
            verb = verb with { Precision = precision is null ? 0 : precision < 0 ? null : precision };
        }

        if (_position >= _format.Length)
        {
            _text.Append("%!(NOVERB)");
            return;
        }

        verb = verb with { Letter = _format[_position++] };
        if (verb.Letter == '%')
        {
            _text.Append('%');
        }
        else if (_argument >= _arguments.Count)
        {
            _text.Append("%!").Append(verb.Letter).Append("(MISSING)");
        }
        else
        {
            VerbText.Append(_text, _arguments[_argument++], verb);
        }
    }

    private FormatVerb ReadFlags()
    {
        FormatVerb verb = default;
        while (_position < _format.Length)
        {
            switch (_format[_position])
            {
                case '+':
                    verb = verb with { Plus = true };
                    break;
                case '-':
                    verb = verb with { Minus = true, Zero = false };
                    break;
                case '#':
                    verb = verb with { Sharp = true };
                    break;
                case ' ':
                    verb = verb with { Space = true };
                    break;
                case '0':
                    verb = verb with { Zero = !verb.Minus };
                    break;
                default:
                    return verb;
            }

            _position++;
        }

        return verb;
    }

    /// <summary>Digits, or "*" for the next argument.</summary>
    private int? ReadNumber(string remark)
    {
        if (_position < _format.Length && _format[_position] == '*')
        {
            _position++;
            TemplateValue? argument = _argument < _arguments.Count ? _arguments[_argument++] : null;
            if (argument is TemplateValue.Integer { Value: var value } && value >= -Widest && value <= Widest)
            {
                return (int)value;
            }

            _text.Append($"%!(BAD{remark})");
            return null;
        }

        int? number = null;
        while (_position < _format.Length && char.IsAsciiDigit(_format[_position]))
        {
            number = Math.Min(((number ?? 0) * 10) + (_format[_position++] - '0'), Widest + 1);
        }

        if (number > Widest)
        {
            _text.Append($"%!(BAD{remark})");
            return null;
        }

        return number;
    }

    private void AppendExtra()
    {
        if (_argument >= _arguments.Count)
        {
            return;
        }

        _text.Append("%!(EXTRA ");
        for (int i = _argument; i < _arguments.Count; i++)
        {
            _text.Append(i > _argument ? ", " : "");
            VerbText.AppendTyped(_text, _arguments[i]);
        }

        _text.Append(')');
    }
}

using System.Globalization;
using System.Text;

namespace MiniRun.Cli.Output.Templates.Syntax;

/// <summary>Cuts a template into tokens by the rules of Go's text/template, trim markers and comments included.</summary>
internal sealed class TemplateLexer
{
    private const string LeftDelimiter = "{{";
    private const string RightDelimiter = "}}";
    private const string CommentStart = "/*";
    private const string CommentEnd = "*/";

    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _position;
    private int _parentheses;

    private TemplateLexer(string source)
    {
        _source = source;
    }

    /// <summary>All tokens; the last one is <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="TemplateException">An action is not closed, or holds what is no token.</exception>
    internal static List<Token> Read(string source)
    {
        var lexer = new TemplateLexer(source);
        lexer.ReadAll();
        return lexer._tokens;
    }

    private void ReadAll()
    {
        bool trims = false;
        while (true)
        {
            ReadText(trims);
            if (_position == _source.Length)
            {
                _tokens.Add(new Token(TokenKind.End, _position, ""));
                return;
            }

            int start = _position;
            _position += LeftDelimiter.Length + (HasLeftTrim(start) ? 2 : 0);
            if (At(CommentStart))
            {
                SkipComment();
            }
            else
            {
                _tokens.Add(new Token(TokenKind.LeftDelimiter, start, LeftDelimiter));
                ReadAction();
            }

            // ReadAction and SkipComment end before the delimiter, or before the blank of its trim marker.
            trims = AtRightTrim();
            _position += (trims ? 2 : 0) + RightDelimiter.Length;
        }
    }

    /// <summary>The text up to the next action, without the white space that trim markers on either side take away.</summary>
    private void ReadText(bool trims)
    {
        int end = _source.IndexOf(LeftDelimiter, _position, StringComparison.Ordinal);
        end = end < 0 ? _source.Length : end;
        int from = _position;
        int to = end;
        while (trims && from < to && IsSpace(_source[from]))
        {
            from++;
        }

        while (HasLeftTrim(end) && to > from && IsSpace(_source[to - 1]))
        {
            to--;
        }

        if (to > from)
        {
            _tokens.Add(new Token(TokenKind.Text, from, _source[from..to]));
        }

        _position = end;
    }

    private bool HasLeftTrim(int delimiter) =>
        delimiter + 3 < _source.Length && _source[delimiter + 2] == '-' && IsSpace(_source[delimiter + 3]);

    /// <summary>" -}}": the marker needs its blank, so that "{{3 -}}" is no subtraction.</summary>
    private bool AtRightTrim() => _position < _source.Length && IsSpace(_source[_position]) && At("-" + RightDelimiter, 1);

    private bool AtRightDelimiter() => At(RightDelimiter) || AtRightTrim();

    private void SkipComment()
    {
        int end = _source.IndexOf(CommentEnd, _position + CommentStart.Length, StringComparison.Ordinal);
        if (end < 0)
        {
            throw Failure("unclosed comment");
        }

        _position = end + CommentEnd.Length;
        if (!AtRightDelimiter())
        {
            throw Failure("comment ends before closing delimiter");
        }
    }

    private void ReadAction()
    {
        _parentheses = 0;
        while (!AtRightDelimiter())
        {
            ReadToken();
        }

        if (_parentheses > 0)
        {
            throw Failure("unclosed left paren");
        }

        _tokens.Add(new Token(TokenKind.RightDelimiter, _position, RightDelimiter));
    }

    private void ReadToken()
    {
        if (_position == _source.Length)
        {
            throw Failure("unclosed action");
        }

        char c = _source[_position];
        switch (c)
        {
            case '"':
                ReadQuoted(TokenKind.String, "unterminated quoted string");
                break;
            case '\'':
                ReadQuoted(TokenKind.Character, "unterminated character constant");
                break;
            case '`':
                ReadRaw();
                break;
            case '.' when !char.IsAsciiDigit(Peek(1)):
                ReadName(Word(1) == 1 ? TokenKind.Dot : TokenKind.Field, Word(1));
                break;
            case '$':
                ReadName(TokenKind.Variable, Word(1));
                break;
            case '.' or '+' or '-' or (>= '0' and <= '9'):
                ReadNumber();
                break;
            case var _ when IsSpace(c):
                ReadSpace();
                break;
            case var _ when IsNamePart(c):
                ReadName(KindOf(_source.AsSpan(_position, Word(0))), Word(0));
                break;
            default:
                ReadSign(c);
                break;
        }
    }

    private void ReadSpace()
    {
        int length = 1;
        while (IsSpace(Peek(length)) && !At("-" + RightDelimiter, length + 1))
        {
            length++;
        }

        Emit(TokenKind.Space, length);
    }

    private void ReadQuoted(TokenKind kind, string unterminated)
    {
        char quote = _source[_position];
        int length = 1;
        while (_position + length < _source.Length && Peek(length) != quote)
        {
            length += Peek(length) == '\\' ? 2 : Peek(length) == '\n' ? throw Failure(unterminated) : 1;
        }

        if (_position + length >= _source.Length)
        {
            throw Failure(unterminated);
        }

        Emit(kind, length + 1);
    }

    private void ReadRaw()
    {
        int end = _source.IndexOf('`', _position + 1);
        Emit(TokenKind.RawString, end < 0 ? throw Failure("unterminated raw quoted string") : end + 1 - _position);
    }

    /// <summary>Takes all that could belong to a number; the parser says whether it is one.</summary>
    private void ReadNumber()
    {
        int length = 1;
        while (IsNamePart(Peek(length)) || Peek(length) == '.' || (Peek(length) is '+' or '-' && Peek(length - 1) is 'e' or 'E' or 'p' or 'P' && !IsHexadecimal()))
        {
            length++;
        }

        Emit(TokenKind.Number, length);
    }

    /// <summary>In "0x1e+2" the e is a digit.</summary>
    private bool IsHexadecimal() => At("0x") || At("0X");

    private void ReadName(TokenKind kind, int length)
    {
        char next = Peek(length);
        bool terminated = _position + length == _source.Length || IsSpace(next) || next is '.' or ',' or '|' or ':' or ')' or '(' || At(RightDelimiter, length);
        if (!terminated && kind != TokenKind.Dot)
        {
            throw Failure($"bad character {Named(next)}");
        }

        Emit(kind, length);
    }

    private void ReadSign(char c)
    {
        switch (c)
        {
            case '=':
                Emit(TokenKind.Assign, 1);
                break;
            case ':':
                Emit(TokenKind.Declare, Peek(1) == '=' ? 2 : throw Failure("expected :="));
                break;
            case '|':
                Emit(TokenKind.Pipe, 1);
                break;
            case '(':
                _parentheses++;
                Emit(TokenKind.LeftParenthesis, 1);
                break;
            case ')':
                _parentheses--;
                Emit(TokenKind.RightParenthesis, _parentheses < 0 ? throw Failure("unexpected right paren") : 1);
                break;
            case > ' ' and <= '~':
                Emit(TokenKind.Sign, 1);
                break;
            default:
                throw Failure($"unrecognized character in action: {Named(c)}");
        }
    }

    private static TokenKind KindOf(ReadOnlySpan<char> word) => word switch
    {
        "true" or "false" => TokenKind.Boolean,
        "nil" => TokenKind.Nil,
        "block" or "break" or "continue" or "define" or "else" or "end" or "if" or "range" or "template" or "with" => TokenKind.Keyword,
        _ => TokenKind.Identifier,
    };

    private void Emit(TokenKind kind, int length)
    {
        _tokens.Add(new Token(kind, _position, _source.Substring(_position, length)));
        _position += length;
    }

    /// <summary>How many characters from here on are the first ones given and the name behind them.</summary>
    private int Word(int length)
    {
        while (IsNamePart(Peek(length)))
        {
            length++;
        }

        return length;
    }

    private char Peek(int offset) => _position + offset < _source.Length ? _source[_position + offset] : '\0';

    private bool At(string text, int offset = 0) => _position + offset <= _source.Length && string.CompareOrdinal(_source, _position + offset, text, 0, text.Length) == 0;

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n';

    private static bool IsNamePart(char c) => c == '_' || char.IsLetterOrDigit(c);

    private static string Named(char c) =>
        $"U+{((int)c).ToString("X4", CultureInfo.InvariantCulture)}{(Rune.TryCreate(c, out Rune rune) && GoQuote.IsPrintable(rune) ? $" '{c}'" : "")}";

    private TemplateException Failure(string reason) => SourcePlace.Failure(_source, Math.Min(_position, _source.Length), reason);
}

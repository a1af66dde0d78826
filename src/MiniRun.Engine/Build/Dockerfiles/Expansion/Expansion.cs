using System.Text;
using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Expansion;

/// <summary>One expansion under way.</summary>
internal sealed class Expansion(SourceText source, SourceWord word, char escape, VariableLookup variables)
{
    // "${A:-${B:-…}}": each level is a call.
    private const int MaxDepth = 32;

    // "ENV a=$a$a" in line after line doubles it each time. The kernel takes no variable or argument of more than 128 KiB; a here-document may be longer.
    private const int MaxLength = DockerfileReader.MaxSize;

    private int _position;
    private int _depth;

    internal required bool KeepsQuotes { get; init; }

    internal ExpandedText ToEnd()
    {
        var result = new ExpandedText();
        ReadUntil('\0', result);
        return result;
    }

    /// <summary>Reads on to the stopping character, which is taken, or to the end where it is '\0'.</summary>
    private void ReadUntil(char stop, ExpandedText result)
    {
        while (_position < word.Text.Length)
        {
            char c = word.Text[_position];
            if (c == stop && stop != '\0')
            {
                _position++;
                return;
            }

            switch (c)
            {
                case '\'' when !KeepsQuotes:
                    ReadSingleQuoted(result);
                    break;
                case '"' when !KeepsQuotes:
                    ReadDoubleQuoted(result);
                    break;
                case '$':
                    result.Add(ReadVariable());
                    break;
                case var _ when c == escape:
                    ReadEscaped(result);
                    break;
                default:
                    result.Add([c]);
                    _position++;
                    break;
            }

            CheckLength(result.Length);
        }

        if (stop != '\0')
        {
            throw Error($"unexpected end of statement while looking for matching {stop}");
        }
    }

    /// <summary>The character after the escape stands for itself; at the end of the word the escape is dropped.</summary>
    private void ReadEscaped(ExpandedText result)
    {
        _position++;
        if (_position >= word.Text.Length)
        {
            return;
        }

        // In a here-document only "\$" and "\\" are escapes; "\n" in a script must stay as it is.
        char next = word.Text[_position];
        if (KeepsQuotes && next != '$' && next != escape)
        {
            result.AddQuoted([escape]);
        }

        result.AddQuoted([next]);
        _position++;
    }

    private void ReadSingleQuoted(ExpandedText result)
    {
        int end = word.Text.IndexOf('\'', _position + 1);
        if (end < 0)
        {
            throw Error("unexpected end of statement while looking for matching single-quote");
        }

        result.AddQuoted(word.Text.AsSpan((_position + 1)..end));
        _position = end + 1;
    }

    private void ReadDoubleQuoted(ExpandedText result)
    {
        var quoted = new StringBuilder();
        _position++;
        while (_position < word.Text.Length && word.Text[_position] != '"')
        {
            char c = word.Text[_position];
            if (c == '$')
            {
                quoted.Append(ReadVariable());
                CheckLength(quoted.Length);
                continue;
            }

            bool escapes = c == escape && _position + 1 < word.Text.Length && (word.Text[_position + 1] is '"' or '$' || word.Text[_position + 1] == escape);
            quoted.Append(escapes ? word.Text[_position + 1] : c);
            _position += escapes ? 2 : 1;
        }

        if (_position >= word.Text.Length)
        {
            throw Error("unexpected end of statement while looking for matching double-quote");
        }

        _position++;
        result.AddQuoted(quoted.ToString());
    }

    /// <summary>Reads "$NAME" or "${NAME…}"; a dollar before anything else stands for itself.</summary>
    private string ReadVariable()
    {
        _position++;
        if (_position < word.Text.Length && word.Text[_position] == '{')
        {
            _position++;
            return ReadBraced();
        }

        string name = ReadName();
        return name.Length == 0 ? "$" : variables(name) ?? "";
    }

    private string ReadBraced()
    {
        string name = ReadName();
        if (_position >= word.Text.Length)
        {
            throw Error("syntax error: missing '}'");
        }

        if (name.Length == 0)
        {
            throw Error("syntax error: bad substitution");
        }

        char modifier = word.Text[_position++];
        if (modifier == '}')
        {
            return variables(name) ?? "";
        }

        bool emptyIsUnset = modifier == ':';
        if (emptyIsUnset && _position < word.Text.Length)
        {
            modifier = word.Text[_position++];
        }

        return modifier is '-' or '+' or '?'
            ? Substitute(name, modifier, emptyIsUnset)
            : throw Error($"unsupported modifier ({(emptyIsUnset ? ":" : "")}{modifier}) in substitution");
    }

    private string Substitute(string name, char modifier, bool emptyIsUnset)
    {
        string other = ReadOther();
        string? value = variables(name);
        bool isSet = value is not null && !(emptyIsUnset && value.Length == 0);
        return modifier switch
        {
            '+' => isSet ? other : "",
            '-' => isSet ? value! : other,
            _ when isSet => value!,
            _ => throw Error($"{name}: {(other.Length > 0 ? other : value is null ? "is not allowed to be unset" : "is not allowed to be empty")}"),
        };
    }

    private string ReadOther()
    {
        if (++_depth > MaxDepth)
        {
            throw Error($"substitutions are nested more than {MaxDepth} deep");
        }

        var other = new ExpandedText();
        ReadUntil('}', other);
        _depth--;
        return other.Text;
    }

    /// <summary>A name is letters, digits and "_"; a digit, "@", "*" or "#" at its beginning is a name of its own.</summary>
    private string ReadName()
    {
        int start = _position;
        if (start < word.Text.Length && (char.IsAsciiDigit(word.Text[start]) || word.Text[start] is '@' or '*' or '#'))
        {
            _position++;
            return word.Text[start.._position];
        }

        while (_position < word.Text.Length && (char.IsAsciiLetterOrDigit(word.Text[_position]) || word.Text[_position] == '_'))
        {
            _position++;
        }

        return word.Text[start.._position];
    }

    private void CheckLength(int length)
    {
        if (length > MaxLength)
        {
            throw source.Error(word, $"a word is longer than {MaxLength} characters once its variables are replaced");
        }
    }

    private DockerfileException Error(string message) => source.Error(word, $"failed to process \"{word}\": {message}");
}

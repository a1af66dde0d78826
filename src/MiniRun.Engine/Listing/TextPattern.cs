using MiniRun.Linux;

namespace MiniRun.Engine.Listing;

/// <summary>
/// What name= and id= filters take: a part of the text, as the regular expressions that docker takes, of which there are here ^ $ . * and
/// the backslash. Each letter of the text is looked at once for each part of the pattern, so none takes long.
/// </summary>
internal sealed class TextPattern
{
    private const string Unknown = "[](){}+?|";

    private readonly List<Part> _parts = [];
    private readonly bool _fromStart;
    private readonly bool _toEnd;

    /// <exception cref="MiniRunException">It is a regular expression of another kind.</exception>
    internal TextPattern(string text, string filter)
    {
        _fromStart = text.StartsWith('^');
        for (int i = _fromStart ? 1 : 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '$' && i == text.Length - 1)
            {
                _toEnd = true;
            }
            else if (c == '*' && _parts.Count > 0 && !_parts[^1].Repeats)
            {
                _parts[^1] = _parts[^1] with { Repeats = true };
            }
            else if (c == '*' || Unknown.Contains(c, StringComparison.Ordinal) || (c == '\\' && i == text.Length - 1))
            {
                throw new MiniRunException($"invalid filter '{filter}={text}': of regular expressions, ^ $ . * and \\ are known here");
            }
            else
            {
                bool literal = c == '\\';
                i += literal ? 1 : 0;
                _parts.Add(new Part(text[i], !literal && c == '.', Repeats: false));
            }
        }
    }

    internal bool Matches(string text)
    {
        bool[] places = new bool[_parts.Count + 1];
        places[0] = true;
        for (int i = 0; ; i++)
        {
            Skip(places);
            if (places[^1] && (!_toEnd || i == text.Length))
            {
                return true;
            }

            if (i == text.Length)
            {
                return false;
            }

            places = After(places, text[i]);
        }
    }

    /// <summary>What repeats may be there no time at all.</summary>
    private void Skip(bool[] places)
    {
        for (int i = 0; i < _parts.Count; i++)
        {
            places[i + 1] |= places[i] && _parts[i].Repeats;
        }
    }

    /// <summary>How far the pattern may be after one more letter.</summary>
    private bool[] After(bool[] places, char letter)
    {
        bool[] next = new bool[places.Length];
        next[0] = !_fromStart;
        for (int i = 0; i < _parts.Count; i++)
        {
            if (places[i] && (_parts[i].IsAny || _parts[i].Letter == letter))
            {
                next[_parts[i].Repeats ? i : i + 1] = true;
            }
        }

        return next;
    }

    private readonly record struct Part(char Letter, bool IsAny, bool Repeats);
}

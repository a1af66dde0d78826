using System.Text;

namespace MiniRun.Engine.Build.Dockerfiles.Expansion;

/// <summary>Collects an expansion, whole and as the words that unquoted blanks make of it.</summary>
internal sealed class ExpandedText
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _word = new();
    private readonly List<string> _words = [];
    private bool _inWord;

    internal int Length => _text.Length;

    internal string Text => _text.ToString();

    internal IReadOnlyList<string> Words
    {
        get
        {
            EndWord();
            return _words;
        }
    }

    /// <summary>Adds what was quoted or escaped: blanks in it end no word, and even nothing makes one.</summary>
    internal void AddQuoted(ReadOnlySpan<char> text)
    {
        _text.Append(text);
        _word.Append(text);
        _inWord = true;
    }

    internal void Add(ReadOnlySpan<char> text)
    {
        _text.Append(text);
        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                EndWord();
                continue;
            }

            _word.Append(c);
            _inWord = true;
        }
    }

    private void EndWord()
    {
        if (_inWord)
        {
            _words.Add(_word.ToString());
            _word.Clear();
            _inWord = false;
        }
    }
}

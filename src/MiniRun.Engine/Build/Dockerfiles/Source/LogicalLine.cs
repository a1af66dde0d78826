using System.Text;

namespace MiniRun.Engine.Build.Dockerfiles.Source;

/// <summary>One instruction's line with its continuations joined, each character of which knows where it came from.</summary>
internal sealed class LogicalLine
{
    private readonly StringBuilder _text = new();
    private readonly List<Piece> _pieces = [];
    private string? _joined;

    /// <summary>The joined text; nothing may be appended afterwards.</summary>
    internal string Text => _joined ??= _text.ToString();

    /// <summary>The offset in the source of the first character.</summary>
    internal int Offset => _pieces.Count == 0 ? 0 : _pieces[0].Offset;

    internal void Append(ReadOnlySpan<char> text, int offset)
    {
        _pieces.Add(new Piece(_text.Length, offset));
        _text.Append(text);
    }

    /// <summary>Where a character of <see cref="Text"/> stands in the source.</summary>
    internal int OffsetOf(int index)
    {
        int last = _pieces.Count - 1;
        while (last > 0 && _pieces[last].Start > index)
        {
            last--;
        }

        return last < 0 ? 0 : _pieces[last].Offset + index - _pieces[last].Start;
    }

    /// <summary>A part of the line as a word.</summary>
    internal SourceWord Word(int start, int end) => new(Text[start..end], OffsetOf(start));

    private readonly record struct Piece(int Start, int Offset);
}

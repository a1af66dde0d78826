using MiniRun.Linux;

namespace MiniRun.Engine.Build.Dockerfiles.Source;

/// <summary>A Dockerfile's text and the name that messages give it. Everything read from it remembers its offset in here.</summary>
public sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    public SourceText(string name, string text)
    {
        Name = name;
        Text = text;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    public string Name { get; }

    public string Text { get; }

    /// <summary>The line that an offset lies in, counted from 1.</summary>
    public int LineOf(int offset)
    {
        int found = _lineStarts.BinarySearch(offset);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>An error in "NAME:LINE: message" form, with the line and a caret under the word at an offset.</summary>
    public DockerfileException Error(int offset, string message)
    {
        int line = LineOf(Math.Clamp(offset, 0, Text.Length));
        int start = _lineStarts[line - 1];
        int end = line < _lineStarts.Count ? _lineStarts[line] : Text.Length;
        string text = Text[start..end].TrimEnd('\r', '\n');
        return new DockerfileException($"{Name}:{line}: {message}", SourceExcerpt.Of(text, Math.Clamp(offset - start, 0, text.Length)));
    }

    /// <summary>A failure of an instruction, with the line that asked for it.</summary>
    public DockerfileException Error(int offset, MiniRunException failure)
    {
        DockerfileException located = Error(offset, failure.Message);
        return new DockerfileException(located.Message, located.Excerpt, failure);
    }

    public DockerfileException Error(SourceWord word, string message) => Error(word.Offset, message);
}

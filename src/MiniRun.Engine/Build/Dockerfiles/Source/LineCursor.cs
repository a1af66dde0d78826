namespace MiniRun.Engine.Build.Dockerfiles.Source;

/// <summary>Goes through a source line by line; line ends are not part of a line.</summary>
internal sealed class LineCursor(SourceText source)
{
    private int _position = source.Text.StartsWith('\ufeff') ? 1 : 0;

    internal SourceText Source => source;

    /// <summary>The offset of the line that <see cref="Next"/> gave last.</summary>
    internal int Offset { get; private set; }

    internal bool Next(out ReadOnlySpan<char> line)
    {
        Offset = _position;
        if (_position >= source.Text.Length)
        {
            line = default;
            return false;
        }

        int end = source.Text.IndexOf('\n', _position);
        line = source.Text.AsSpan()[_position..(end < 0 ? source.Text.Length : end)].TrimEnd('\r');
        _position = end < 0 ? source.Text.Length : end + 1;
        return true;
    }
}

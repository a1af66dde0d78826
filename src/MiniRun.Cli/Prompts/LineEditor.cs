namespace MiniRun.Cli.Prompts;

/// <summary>A line being typed on a terminal in raw mode, where minirun itself must do what the terminal does else.</summary>
internal sealed class LineEditor
{
    private const int MaxLength = 4096;
    private const byte Interrupt = 3;
    private const byte EndOfInput = 4;
    private const byte Backspace = 8;
    private const byte KillLine = 21;
    private const byte Delete = 127;

    private readonly List<byte> _line = [];

    /// <summary>What was typed so far, or in all.</summary>
    internal string Text => System.Text.Encoding.UTF8.GetString([.. _line]);

    /// <summary>Takes one byte; true once the line is whole.</summary>
    /// <exception cref="OperationCanceledException">It was Ctrl-C, or Ctrl-D on an empty line.</exception>
    internal bool Type(byte key)
    {
        switch (key)
        {
            case (byte)'\r' or (byte)'\n':
                return true;
            case Interrupt:
            case EndOfInput when _line.Count == 0:
                throw new OperationCanceledException();
            case Backspace or Delete:
                RemoveCharacter();
                break;
            case KillLine:
                _line.Clear();
                break;
            case >= (byte)' ' when _line.Count < MaxLength:
                _line.Add(key);
                break;
        }

        return false;
    }

    /// <summary>UTF-8: all bytes but the first of a character begin with the bits 10.</summary>
    private void RemoveCharacter()
    {
        bool isContinuation = true;
        while (isContinuation && _line.Count > 0)
        {
            isContinuation = (_line[^1] & 0xc0) == 0x80;
            _line.RemoveAt(_line.Count - 1);
        }
    }
}

using System.Buffers;
using System.Text;

namespace MiniRun.Engine.Logs;

/// <summary>
/// Cuts one output of a program into lines, whatever the pieces are in which it is read: an unfinished line is held until its newline comes.
/// A line of <see cref="MaxLength"/> bytes or more comes in parts, as with docker, but no UTF-8 sequence is torn for that.
/// </summary>
internal sealed class LineSplitter
{
    /// <summary>Bytes; docker's.</summary>
    internal const int MaxLength = 16 << 10;

    /// <summary>Made with the first unfinished line: most programs write whole ones.</summary>
    private byte[] _held = [];
    private int _heldLength;

    /// <summary>How much of what is held was handed out by the last call.</summary>
    private int _taken;

    /// <summary>Takes the next line off the bytes. The text is without its newline and valid until the next call.</summary>
    /// <returns>False where all bytes are used up; what remains of them is held.</returns>
    internal bool Next(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> text, out bool endsLine)
    {
        DropTaken();
        ReadOnlySpan<byte> window = bytes[..Math.Min(bytes.Length, MaxLength - _heldLength)];
        int newline = window.IndexOf((byte)'\n');
        endsLine = newline >= 0;
        if (!endsLine && _heldLength + window.Length < MaxLength)
        {
            Hold(window);
            bytes = [];
            text = [];
            return false;
        }

        ReadOnlySpan<byte> part = endsLine ? window[..newline] : window;
        int used = endsLine ? newline + 1 : window.Length;
        if (_heldLength == 0)
        {
            text = endsLine ? part : part[..WholeLength(part)];
            bytes = bytes[(endsLine ? used : text.Length)..];
        }
        else
        {
            Hold(part);
            _taken = endsLine ? _heldLength : WholeLength(_held);
            text = _held.AsSpan(0, _taken);
            bytes = bytes[used..];
        }

        return true;
    }

    /// <summary>The line that has no end yet, which is held no longer; valid until the next call.</summary>
    internal ReadOnlySpan<byte> Rest()
    {
        DropTaken();
        _taken = _heldLength;
        return _held.AsSpan(0, _heldLength);
    }

    private void DropTaken()
    {
        if (_taken > 0)
        {
            _held.AsSpan(_taken, _heldLength - _taken).CopyTo(_held);
            _heldLength -= _taken;
            _taken = 0;
        }
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (_held.Length == 0 && bytes.Length > 0)
        {
            _held = new byte[MaxLength];
        }

        bytes.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += bytes.Length;
    }

    /// <summary>The length without a sequence that is not whole yet.</summary>
    private static int WholeLength(ReadOnlySpan<byte> text) =>
        Rune.DecodeLastFromUtf8(text, out _, out int length) == OperationStatus.NeedMoreData ? text.Length - length : text.Length;
}

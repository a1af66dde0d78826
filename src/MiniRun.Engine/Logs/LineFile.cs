using System.Buffers;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Logs;

/// <summary>
/// One file of a log, read line by line while it may grow, be truncated or lose its name. What has no newline yet is read again from its
/// start the next time, so nothing of a line that its writer took back is ever joined with another one.
/// </summary>
internal sealed class LineFile : IDisposable
{
    private const int FirstBuffer = 1 << 17;
    private const int MaxLine = 1 << 20;
    private const byte Newline = (byte)'\n';

    private readonly FileDescriptor _file;
    private readonly string _name;
    private byte[] _buffer = [];
    private int _start;
    private int _end;

    /// <summary>How much of the buffer is known to have no newline, from <see cref="_start"/> on.</summary>
    private int _scanned;

    /// <summary>Where in the file the buffer ends.</summary>
    private long _position;
    private bool _isTooLong;

    internal LineFile(FileDescriptor file, string name)
    {
        _file = file;
        _name = name;
        Inode = Status().Inode;
    }

    /// <summary>Tells this file from its successor; nobody else has it as long as this is open.</summary>
    internal ulong Inode { get; }

    /// <summary>Lines that were too long to be a record.</summary>
    internal long TooLong { get; private set; }

    /// <summary>Whether the last <see cref="Next"/> found a line without an end.</summary>
    internal bool HasRest { get; private set; }

    /// <summary>Goes to the record that so many complete ones follow, itself included.</summary>
    /// <param name="wanted">How many.</param>
    /// <returns>How many there are from there to the end.</returns>
    internal long SeekTail(long wanted)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        long position = (long)Status().Size;
        long found = -1; // The last newline ends the last record; each one before it begins another.
        while (position > 0)
        {
            int length = (int)Math.Min(block.Length, position);
            position -= length;
            // A file that was truncated meanwhile has fewer bytes; what is missing has no newlines.
            ReadOnlySpan<byte> bytes = block.AsSpan(0, HostFile.ReadAt(_file, block.AsSpan(0, length), position, _name));
            int count = bytes.Count(Newline);
            if (found + count < wanted)
            {
                found += count;
                continue;
            }

            int place = bytes.Length;
            while (found < wanted)
            {
                place = bytes[..place].LastIndexOf(Newline);
                found++;
            }

            _position = position + place + 1;
            ArrayPool<byte>.Shared.Return(block);
            return wanted;
        }

        ArrayPool<byte>.Shared.Return(block);
        _position = 0;
        return found + 1;
    }

    /// <summary>The next whole line, without its newline; valid until the next call. False at the end, which may move: call again.</summary>
    internal bool Next(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            int newline = _buffer.AsSpan(_start + _scanned, _end - _start - _scanned).IndexOf(Newline);
            if (newline < 0)
            {
                _scanned = _end - _start;
                if (Fill())
                {
                    continue;
                }

                line = [];
                return false;
            }

            line = _buffer.AsSpan(_start, _scanned + newline);
            _start += _scanned + newline + 1;
            _scanned = 0;
            if (!_isTooLong)
            {
                return true;
            }

            _isTooLong = false;
            TooLong++;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }

        _file.Dispose();
    }

    private FileStatus Status() => FileStatus.Of(_file, _name);

    private bool Fill()
    {
        MakeRoom();
        int count = HostFile.ReadAt(_file, _buffer.AsSpan(_end), _position, _name);
        _end += count;
        _position += count;
        if (count > 0)
        {
            return true;
        }

        HasRest = _end > _start || _isTooLong;
        _position -= _end - _start;
        (_start, _end, _scanned) = (0, 0, 0);
        if ((long)Status().Size < _position)
        {
            // Somebody emptied it, as one does to a log that has grown too large: what comes now is new.
            _position = 0;
        }

        return false;
    }

    /// <summary>Moves what is left to the buffer's start, and makes the buffer larger where a line fills it; of a line longer than any record only the end is looked for.</summary>
    private void MakeRoom()
    {
        int rest = _end - _start;
        if (rest == _buffer.Length && rest >= MaxLine)
        {
            _isTooLong = true;
            (_start, _end, _scanned) = (0, 0, 0);
            return;
        }

        if (rest == _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, rest * 2));
            _buffer.AsSpan(_start, rest).CopyTo(larger);
            if (_buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
            }

            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_start, rest).CopyTo(_buffer);
        }

        (_start, _end) = (0, rest);
    }
}

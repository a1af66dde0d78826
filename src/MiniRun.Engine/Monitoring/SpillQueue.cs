using System.Buffers.Binary;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Monitoring;

/// <summary>
/// Messages that a slow reader has not taken yet, first in, first out, in a file without a name: the monitor's memory stays small and
/// the container never waits, however far behind somebody is. The file is made when it is first needed.
/// </summary>
internal sealed class SpillQueue(string folder) : IDisposable
{
    private const string Subject = "output that nobody has read yet";
    private const int HeaderSize = sizeof(int);
    private const long MostBytes = 4L << 30; // a reader that has stopped is not to fill the disk for ever
    private const long PunchStep = 1 << 20; // seldom enough to cost nothing

    private FileDescriptor? _file;
    private long _start;
    private long _end;
    private long _punched; // what lies before has no blocks any more
    private bool _cannotPunch;

    /// <summary>Bytes of the file that may take space.</summary>
    private long Kept => _end - _punched;

    internal bool IsEmpty => _start == _end;

    /// <summary>Adds a message.</summary>
    /// <exception cref="SyscallException">ENOSPC: the disk is full; EFBIG: more is waiting than is kept.</exception>
    internal void Add(ReadOnlySpan<byte> message)
    {
        if (Kept > MostBytes)
        {
            throw new SyscallException("pwrite", Subject, Errno.EFBIG);
        }

        _file ??= HostFile.Open(folder, OpenFlags.O_TMPFILE | OpenFlags.O_RDWR, 0x180);
        Span<byte> header = stackalloc byte[HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, message.Length);
        HostFile.WriteAt(_file, header, _end, Subject);
        HostFile.WriteAt(_file, message, _end + HeaderSize, Subject);
        _end += HeaderSize + message.Length;
    }

    /// <summary>The oldest message, in the caller's buffer; it stays the oldest until <see cref="Drop"/>.</summary>
    internal ReadOnlySpan<byte> Peek(Span<byte> buffer)
    {
        int length = Length();
        Span<byte> message = buffer[..length];
        Fill(message, _start + HeaderSize);
        return message;
    }

    /// <summary>Takes the oldest message away.</summary>
    internal void Drop()
    {
        _start += HeaderSize + Length();
        if (IsEmpty)
        {
            HostFile.Truncate(_file!, 0, Subject);
            _start = _end = _punched = 0;
        }
        else if (_start - _punched >= PunchStep && !_cannotPunch)
        {
            GiveBack();
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>A reader who is slow for ever, and never reads everything, takes no more space than what it has not read.</summary>
    private void GiveBack()
    {
        long end = _start & -PunchStep; // whole blocks, of any size
        _cannotPunch = HostFile.TryPunchHole(_file!, _punched, end - _punched) != 0;
        _punched = _cannotPunch ? _punched : end;
    }

    private int Length()
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        Fill(header, _start);
        return BinaryPrimitives.ReadInt32LittleEndian(header);
    }

    private void Fill(Span<byte> bytes, long place)
    {
        // Regular files are read whole but at their end.
        if (HostFile.ReadAt(_file!, bytes, place, Subject) != bytes.Length)
        {
            throw new MiniRunException("the file of unread output has become shorter");
        }
    }
}

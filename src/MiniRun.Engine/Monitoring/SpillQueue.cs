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
    private const int HeaderSize = sizeof(int);
    private const long MostBytes = 4L << 30; // a reader that has stopped is not to fill the disk for ever

    private FileDescriptor? _file;
    private long _start;
    private long _end;

    internal bool IsEmpty => _start == _end;

    /// <summary>Adds a message.</summary>
    /// <exception cref="SyscallException">ENOSPC: the disk is full; EFBIG: more is waiting than is kept.</exception>
    internal void Add(ReadOnlySpan<byte> message)
    {
        if (_end > MostBytes)
        {
            throw new SyscallException("pwrite", "output that nobody has read yet", Errno.EFBIG);
        }

        _file ??= HostFile.Open(folder, OpenFlags.O_TMPFILE | OpenFlags.O_RDWR, 0x180);
        Span<byte> header = stackalloc byte[HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, message.Length);
        HostFile.WriteAt(_file, header, _end, "output that nobody has read yet");
        HostFile.WriteAt(_file, message, _end + HeaderSize, "output that nobody has read yet");
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
            HostFile.Truncate(_file!, 0, "output that nobody has read yet");
            _start = _end = 0;
        }
    }

    public void Dispose() => _file?.Dispose();

    private int Length()
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        Fill(header, _start);
        return BinaryPrimitives.ReadInt32LittleEndian(header);
    }

    private void Fill(Span<byte> bytes, long place)
    {
        // Regular files are read whole but at their end.
        if (HostFile.ReadAt(_file!, bytes, place, "output that nobody has read yet") != bytes.Length)
        {
            throw new MiniRunException("the file of unread output has become shorter");
        }
    }
}

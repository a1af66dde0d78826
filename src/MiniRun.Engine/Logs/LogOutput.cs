using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Logs;

/// <summary>Where a log is shown: stdout's records on one descriptor, stderr's on another, in their order even where both are the same terminal.</summary>
public sealed class LogOutput(FileDescriptor output, FileDescriptor error)
{
    private const int BufferSize = 1 << 16;

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _length;
    private LogStream _stream;

    /// <exception cref="SyscallException">EPIPE: nobody reads there any more.</exception>
    public void Write(LogStream stream, ReadOnlySpan<byte> bytes)
    {
        if (stream != _stream || bytes.Length > BufferSize - _length)
        {
            Flush();
            _stream = stream;
        }

        if (bytes.Length > BufferSize)
        {
            HostFile.WriteAll(Target, bytes, Subject);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <exception cref="SyscallException">EPIPE: nobody reads there any more.</exception>
    public void Flush()
    {
        int length = _length;
        _length = 0;
        HostFile.WriteAll(Target, _buffer.AsSpan(0, length), Subject);
    }

    /// <summary>Waits; false where nobody reads the output any more, which is told at once. Milliseconds.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public bool Wait(int milliseconds)
    {
        Poll poll = new();
        int index = poll.Add(output, 0);
        poll.Wait(milliseconds);
        return !poll.IsHungUp(index);
    }

    private FileDescriptor Target => _stream == LogStream.Stdout ? output : error;

    private string Subject => _stream == LogStream.Stdout ? "standard output" : "standard error";
}

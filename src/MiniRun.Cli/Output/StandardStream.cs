using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Cli.Output;

/// <summary>
/// Standard output or error by write(2). .NET's Console would write escape sequences to a terminal that change its key pad,
/// and a FileStream would overwrite what the container wrote to the same file meanwhile.
/// </summary>
internal sealed class StandardStream : Stream
{
    private readonly int _number;

    private StandardStream(int number)
    {
        _number = number;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static StreamWriter Output() => new(new StandardStream(1)) { AutoFlush = true };

    public static StreamWriter Error() => new(new StandardStream(2)) { AutoFlush = true };

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_number == 1)
        {
            HostFile.WriteAll(FileDescriptor.Borrow(1), buffer, "standard output");
        }
        else
        {
            // Whatever happens to standard error, there is nobody left to tell.
            HostFile.TryWrite(FileDescriptor.Borrow(2), buffer, out _);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

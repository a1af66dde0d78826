using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Files;

/// <summary>An open file as the BCL's Stream: unbuffered, and with failures that name call and file. It owns the descriptor.</summary>
public sealed class DescriptorStream(FileDescriptor file, string subject) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => FileStatus.Of(file, subject).IsRegular;

    public override bool CanWrite => true;

    public override long Length => (long)FileStatus.Of(file, subject).Size;

    public override long Position
    {
        get => Seek(0, SeekOrigin.Current);
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public override int Read(Span<byte> buffer) => HostFile.Read(file, buffer, subject);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="SyscallException">ENOSPC: the disk is full.</exception>
    public override void Write(ReadOnlySpan<byte> buffer) => HostFile.WriteAll(file, buffer, subject);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is buffered here.
    }

    /// <exception cref="SyscallException">ESPIPE: it is a pipe.</exception>
    public override long Seek(long offset, SeekOrigin origin) =>
        KernelCall.Check(Libc.lseek(file, (nint)offset, (int)origin), "lseek", subject);

    public override void SetLength(long value) => HostFile.Truncate(file, value, subject);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}

using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Cli.Output;

/// <summary>
/// Standard output or error by write(2). .NET's Console would write escape sequences to a terminal that change its key pad,
/// and a FileStream would overwrite what the container wrote to the same file meanwhile.
/// </summary>
internal sealed class StandardStream : WriteOnlyStream
{
    private readonly int _number;

    private StandardStream(int number)
    {
        _number = number;
    }

    public static StreamWriter Output() => new(new StandardStream(1)) { AutoFlush = true };

    public static StreamWriter Error() => new(new StandardStream(2)) { AutoFlush = true };

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
}

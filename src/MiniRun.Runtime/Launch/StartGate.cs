using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Runtime.Launch;

/// <summary>
/// A pipe of one page that init fills with two: when something can be read from it, init is inside that write(2), with
/// everything in force and nothing but execve left to do. Emptying the pipe lets init go on.
/// </summary>
internal sealed class StartGate : IDisposable
{
    private const int PipeSize = 4096;
    private const int InitWrites = 2 * PipeSize;

    private readonly Pipe _pipe;

    public StartGate()
    {
        _pipe = Pipe.Create();
        if (_pipe.SetSize(PipeSize) != PipeSize)
        {
            _pipe.Dispose();
            throw new LaunchException("the start gate needs a pipe of 4096 bytes, and this kernel's pages are larger: use a kernel with pages of 4 KiB");
        }
    }

    /// <summary>What init writes to; dispose it here once it is sent, so that its end can be seen.</summary>
    public FileDescriptor InitsEnd => _pipe.WriteEnd;

    /// <summary>Readable when init has reached the gate, hung up when it has gone.</summary>
    public FileDescriptor Arrival => _pipe.ReadEnd;

    /// <summary>
    /// The number of the seccomp listener in init, which it writes as soon as it has one and before all else; null if it
    /// has died. What it writes afterwards still blocks: these bytes alone do not empty a page.
    /// </summary>
    public int? ReadListener()
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        return HostFile.Read(_pipe.ReadEnd, number, "start gate") == sizeof(int) ? BitConverter.ToInt32(number) : null;
    }

    /// <summary>Lets init go on; false if it died before it had written all.</summary>
    public bool Open()
    {
        Span<byte> page = stackalloc byte[PipeSize];
        int total = 0;
        while (total < InitWrites)
        {
            int count = HostFile.Read(_pipe.ReadEnd, page, "start gate");
            if (count == 0)
            {
                return false;
            }

            total += count;
        }

        return true;
    }

    public void Dispose() => _pipe.Dispose();
}

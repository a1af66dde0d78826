using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Runtime.Launch;

/// <summary>What the program gets as descriptors 0, 1 and 2. With a terminal, minirun-init replaces them by it.</summary>
public sealed record Stdio(FileDescriptor Input, FileDescriptor Output, FileDescriptor Error)
{
    /// <summary>The caller's own.</summary>
    public static Stdio Inherited() => new(FileDescriptor.Borrow(0), FileDescriptor.Borrow(1), FileDescriptor.Borrow(2));

    /// <summary>The caller's own, but nothing to read.</summary>
    public static Stdio WithoutInput() => Inherited() with { Input = HostFile.Open("/dev/null", OpenFlags.O_RDONLY) };

    /// <summary>Nothing to read, and nobody to hear.</summary>
    public static Stdio Nothing()
    {
        FileDescriptor nothing = HostFile.Open("/dev/null", OpenFlags.O_RDWR);
        return new Stdio(nothing, nothing, nothing);
    }
}

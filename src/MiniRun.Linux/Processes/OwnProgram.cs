using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>
/// This process's program, executed anew: its memory is new, while its id, its children, its locks and the descriptors that are kept
/// stay what they are. Source: execve(2).
/// </summary>
public sealed class OwnProgram
{
    /// <summary>The running program, also after its file was replaced.</summary>
    private const string Path = "/proc/self/exe";

    private const int FirstKept = 3;

    private readonly List<FileDescriptor> _kept = [];

    /// <summary>Has a descriptor stay open. Returns the number by which <see cref="Take"/> finds it again, -1 for none.</summary>
    public int Keep(FileDescriptor? descriptor)
    {
        if (descriptor is null)
        {
            return -1;
        }

        _kept.Add(descriptor);
        return descriptor.Number;
    }

    /// <summary>In the new program: a descriptor that was kept, or null for -1.</summary>
    /// <exception cref="MiniRunException">There is no such one.</exception>
    public static FileDescriptor? Take(long number)
    {
        if (number == -1)
        {
            return null;
        }

        if (number is < FirstKept or > int.MaxValue)
        {
            throw new MiniRunException($"descriptor {number} was not handed over");
        }

        var descriptor = FileDescriptor.Adopt((int)number);
        descriptor.StayOpenOnExec(false);
        return descriptor;
    }

    /// <summary>Executes it with this process's environment. Returns only where that is impossible, with the reason; everything is as before then.</summary>
    /// <param name="words">argv, the program's name as others are to see it first.</param>
    public unsafe Errno Execute(IReadOnlyList<string> words)
    {
        using SpawnTexts arguments = new(words);
        KeepOpen(true);
        int result = Libc.execve(Path, arguments.Pointers, Libc.Environment());
        Errno error = result == -1 ? KernelCall.LastError : 0;
        KeepOpen(false);
        return error;
    }

    private void KeepOpen(bool stays)
    {
        foreach (FileDescriptor descriptor in _kept)
        {
            descriptor.StayOpenOnExec(stays);
        }
    }
}

namespace MiniRun.Linux.Interop;

/// <summary>A kernel call that failed: which call, on which object, why, and what to do about it.</summary>
public sealed class SyscallException : MiniRunException
{
    public SyscallException(string call, string subject, Errno errno)
        : base(Line(call, subject, errno))
    {
        Call = call;
        Object = subject;
        Errno = errno;
    }

    /// <summary>The call's name, as the kernel spells it.</summary>
    public string Call { get; }

    /// <summary>What it was made on: a path, a name, a descriptor's meaning.</summary>
    public string Object { get; }

    public Errno Errno { get; }

    /// <summary>The line for a failed call, whoever made it (minirun-init reports its failures through this too).</summary>
    public static string Line(string call, string subject, Errno errno)
    {
        string what = subject.Length == 0 ? call : $"{call} {subject}";
        string? remedy = SyscallRemedies.For(call, errno);
        return remedy is null ? $"{what}: {errno.Reason()}" : $"{what}: {errno.Reason()}: {remedy}";
    }
}

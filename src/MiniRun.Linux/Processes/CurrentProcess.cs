using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>This process's own identity and settings.</summary>
public static class CurrentProcess
{
    public static int Pid => Libc.getpid();

    public static uint EffectiveUid => Libc.geteuid();

    public static uint EffectiveGid => Libc.getegid();

    /// <summary>Whether root here is the host's: the initial user namespace maps every id to itself. Source: user_namespaces(7).</summary>
    /// <exception cref="SyscallException">No procfs is mounted.</exception>
    public static bool IsInInitialUserNamespace()
    {
        Span<byte> map = stackalloc byte[256];
        ReadOnlySpan<byte> text = map[..HostFile.ReadInto("/proc/self/uid_map", map)].Trim(" \n"u8);
        return text.StartsWith("0 "u8) && text.EndsWith(" 4294967295"u8) && text[1..^11].Trim((byte)' ').SequenceEqual("0"u8);
    }

    /// <summary>Sets the name that ps shows, of at most 15 bytes. Call it on the main thread.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static unsafe void SetName(ReadOnlySpan<byte> name)
    {
        byte* text = stackalloc byte[16];
        name[..Math.Min(name.Length, 15)].CopyTo(new Span<byte>(text, 16));
        int result = Libc.prctl(Libc.PR_SET_NAME, (nuint)text, 0, 0, 0);
        KernelCall.Check(result, "prctl", "PR_SET_NAME");
    }

    /// <summary>Makes orphaned descendants this process's children, so that they can be reaped.</summary>
    /// <exception cref="SyscallException">A kernel call failed.</exception>
    public static void BecomeSubreaper()
    {
        int result = Libc.prctl(Libc.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
        KernelCall.Check(result, "prctl", "PR_SET_CHILD_SUBREAPER");
    }
}

using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Processes;

/// <summary>
/// Signals that wait, as those of a thread and of those it makes later. A program that is executed starts with its thread's mask, and
/// with what has come meanwhile: nothing is lost between two programs. Source: signal(7), execve(2).
/// </summary>
public static unsafe class SignalMask
{
    /// <summary>From now on these wait.</summary>
    public static void Hold(ReadOnlySpan<int> signals) => Change(Libc.SIG_BLOCK, signals);

    /// <summary>From now on these come, and those that have waited come now.</summary>
    public static void Release(ReadOnlySpan<int> signals) => Change(Libc.SIG_UNBLOCK, signals);

    /// <summary>Writes a sigset_t.</summary>
    internal static void Fill(byte* set, ReadOnlySpan<int> signals)
    {
        new Span<byte>(set, Libc.SigsetSize).Clear();
        foreach (int signal in signals)
        {
            set[(signal - 1) / 8] |= (byte)(1 << ((signal - 1) % 8));
        }
    }

    private static void Change(int how, ReadOnlySpan<int> signals)
    {
        byte* set = stackalloc byte[Libc.SigsetSize];
        Fill(set, signals);
        // It fails for a wrong "how" alone.
        Libc.pthread_sigmask(how, set, null);
    }
}

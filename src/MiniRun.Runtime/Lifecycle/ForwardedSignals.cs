using MiniRun.Linux.Files;
using MiniRun.Linux.Processes;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>Which signals whoever stays with a program passes on to it.</summary>
public static class ForwardedSignals
{
    /// <param name="hangup">Whether SIGHUP too: a terminal window that is closed sends it, which need not end the program.</param>
    public static SignalPipe Open(bool hangup = true)
    {
        Span<int> signals = stackalloc int[Signals.SIGRTMAX];
        int count = 0;
        for (int signal = 1; signal <= Signals.SIGRTMAX; signal++)
        {
            if (!IsKept(signal) && (hangup || signal != Signals.SIGHUP))
            {
                signals[count++] = signal;
            }
        }

        return SignalPipe.Open(signals[..count]);
    }

    /// <summary>
    /// What this process keeps: what cannot be caught (KILL 9, STOP 19), faults (ILL 4, TRAP 5, ABRT 6, BUS 7, FPE 8, SEGV 11,
    /// SYS 31), PIPE 13, CHLD 17, job control (TSTP 20, TTIN 21, TTOU 22), URG 23, and 32 to 34: the C library's and .NET's own.
    /// </summary>
    private static bool IsKept(int signal) => signal is (>= 4 and <= 9) or 11 or 13 or 17 or (>= 19 and <= 23) or (>= 31 and <= 34);
}
